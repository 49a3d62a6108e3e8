package dev.axme.cli;

import dev.axme.sdk.PersonalContext;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The workspaces that the person at this terminal works in. */
@Command(
    name = "workspace",
    description = "See your workspaces, and choose the one that commands are for.",
    synopsisSubcommandLabel = "COMMAND")
final class WorkspaceCommand {
  private final Cli cli;

  WorkspaceCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show your workspaces; * marks the current one.")
  int list() {
    PersonalContext place = cli.asPerson(client -> client.personalContext());
    List<JsonView> workspaces = JsonView.of(place.raw()).each("workspaces");
    if (cli.json()) {
      cli.printJson("workspaces", workspaces.stream().map(JsonView::fields).toList());
      return Exit.DONE;
    }
    Table table = new Table("", "WORKSPACE", "NAME", "ORGANIZATION", "ENVIRONMENT", "ROLES");
    for (JsonView workspace : workspaces) {
      String id = workspace.text("workspace_id").orElse("");
      table.row(
          id.equals(place.workspaceId()) ? "*" : "",
          id,
          workspace.text("name").orElse(""),
          workspace.text("org_name").orElse(""),
          workspace.text("environment").orElse(""),
          String.join(", ", workspace.texts("roles")));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(name = "use", description = "Make commands be for that workspace.")
  int use(
      @Parameters(paramLabel = "WORKSPACE", description = "Its id, or its name.") String written) {
    PersonalContext chosen =
        cli.asPerson(
            client -> {
              JsonView workspace = find(client.personalContext(), written);
              return client.selectWorkspace(
                  workspace.text("org_id").orElse(""), workspace.text("workspace_id").orElse(""));
            });
    Contexts contexts = cli.contexts();
    String name = cli.connection().context();
    Contexts.Context context = contexts.find(name).orElseGet(() -> Contexts.Context.named(name));
    contexts.put(context.with("org_id", chosen.orgId()).with("workspace_id", chosen.workspaceId()));
    contexts.save();
    if (cli.json()) {
      cli.printJson(chosen.raw());
    } else {
      cli.say("Commands are now for " + Words.safe(chosen.workspace()) + ".");
    }
    return Exit.DONE;
  }

  private static JsonView find(PersonalContext place, String written) {
    List<JsonView> workspaces = JsonView.of(place.raw()).each("workspaces");
    List<JsonView> found =
        workspaces.stream()
            .filter(
                w ->
                    w.text("workspace_id").orElse("").equalsIgnoreCase(written)
                        || w.text("name").orElse("").equalsIgnoreCase(written))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    String names =
        String.join(", ", workspaces.stream().flatMap(w -> w.text("name").stream()).toList());
    throw CliException.usage(
        found.isEmpty()
            ? "You have no workspace " + written + ". Yours: " + names + "."
            : found.size() + " workspaces are called " + written + ". Give the id.");
  }
}
