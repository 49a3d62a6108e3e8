package dev.axme.cli;

import dev.axme.sdk.PersonalContext;
import java.util.List;
import picocli.CommandLine.Command;

/** The organizations that the person at this terminal belongs to. */
@Command(
    name = "org",
    description = "See the organizations that you belong to.",
    synopsisSubcommandLabel = "COMMAND")
final class OrgCommand {
  private final Cli cli;

  OrgCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show them, and your roles; * marks the current one.")
  int list() {
    PersonalContext place = cli.asPerson(client -> client.personalContext());
    JsonView json = JsonView.of(place.raw());
    List<JsonView> organizations = json.each("organizations");
    if (cli.json()) {
      cli.printJson("organizations", organizations.stream().map(JsonView::fields).toList());
      return Exit.DONE;
    }
    Table table = new Table("", "ORGANIZATION", "NAME", "STATUS", "ROLES", "WORKSPACES");
    for (JsonView organization : organizations) {
      String id = organization.text("org_id").orElse("");
      table.row(
          id.equals(place.orgId()) ? "*" : "",
          id,
          organization.text("name").orElse(""),
          organization.text("status").orElse(""),
          String.join(", ", organization.texts("roles")),
          Integer.toString(organization.each("workspaces").size()));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }
}
