package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which servers this user knows, and which one commands go to. */
@Command(
    name = "context",
    description = "Choose which server commands go to.",
    synopsisSubcommandLabel = "COMMAND")
final class ContextCommand {
  private final Cli cli;

  ContextCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show the contexts; * marks the current one.")
  int list() {
    Contexts contexts = cli.contexts();
    if (cli.json()) {
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      contexts.all().keySet().forEach(name -> all.add(described(name)));
      cli.printJson("contexts", all);
      return Exit.DONE;
    }
    Table table = new Table("", "CONTEXT", "SERVER", "KEY");
    contexts
        .all()
        .forEach(
            (name, context) ->
                table.row(
                    name.equals(contexts.active()) ? "*" : "",
                    name,
                    context.baseUrl().orElse(""),
                    contexts.apiKey(name).map(ContextCommand::hint).orElse("none")));
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(name = "show", description = "Show what the next command would use.")
  int show(@Option(names = "--show-key", description = "Print the key whole.") boolean showKey) {
    Connection connection = cli.connection();
    Optional<Connection.Key> key = connection.keys().stream().findFirst();
    String shown = key.map(found -> showKey ? found.secret() : hint(found.secret())).orElse("none");
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ok", true);
    json.put("context", connection.context());
    json.put("base_url", connection.baseUrl());
    json.put("api_key", key.isPresent() ? shown : null);
    json.put("api_key_from", key.map(Connection.Key::source).orElse(null));
    if (cli.json()) {
      cli.printJson(json);
      return Exit.DONE;
    }
    cli.print("Context  " + connection.context());
    cli.print("Server   " + connection.baseUrl());
    cli.print("Key      " + shown + key.map(found -> "  (" + found.source() + ")").orElse(""));
    return Exit.DONE;
  }

  @Command(name = "use", description = "Send the next commands there.")
  int use(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
    Contexts contexts = cli.contexts();
    Contexts.Context context = contexts.find(name).orElseThrow(() -> unknown(name, contexts));
    contexts.use(name);
    contexts.save();
    return done(name, "Commands now go to " + context.baseUrl().orElse("(no server yet)") + ".");
  }

  @Command(
      name = "set",
      description = "Make or change a context by --base-url, --api-key and the other shared flags.")
  int set(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
    Contexts contexts = cli.contexts();
    Root flags = cli.flags();
    Contexts.Context context =
        contexts
            .find(name)
            .orElseGet(
                () -> Contexts.Context.named(name).with("base_url", AxmeClient.DEFAULT_BASE_URL));
    contexts.put(
        context
            .with("base_url", Optional.ofNullable(flags.baseUrl))
            .with("owner_agent", Optional.ofNullable(flags.ownerAgent))
            .with("org_id", Optional.ofNullable(flags.orgId))
            .with("workspace_id", Optional.ofNullable(flags.workspaceId))
            .with("environment", Optional.ofNullable(flags.environment)));
    if (flags.apiKey != null) {
      contexts.putApiKey(name, flags.apiKey);
    }
    contexts.save();
    return done(name, "Stored context " + name + ". Use it: `axme context use " + name + "`");
  }

  private int done(String name, String sentence) {
    if (cli.json()) {
      cli.printJson(described(name));
    } else {
      cli.say(sentence);
    }
    return Exit.DONE;
  }

  private Map<String, @Nullable Object> described(String name) {
    Contexts contexts = cli.contexts();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("current", name.equals(contexts.active()));
    contexts.find(name).ifPresent(context -> json.putAll(context.fields()));
    json.put("has_key", contexts.apiKey(name).isPresent());
    return json;
  }

  private static CliException unknown(String name, Contexts contexts) {
    String known = String.join(", ", contexts.all().keySet());
    return CliException.usage("There is no context " + name + ". Known: " + known + ".");
  }

  /** Enough of a key to tell it from another. */
  static String hint(String key) {
    return "…" + key.substring(Math.max(0, key.length() - 4));
  }
}
