package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.PersonalContext;
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
  private static final Map<String, String> LABELS =
      Map.of(
          "org_id", "Organization",
          "workspace_id", "Workspace",
          "owner_agent", "On behalf of",
          "environment", "Environment");

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
    Optional<String> token = connection.actorToken();
    json.put("actor_token", token.map(found -> showKey ? found : hint(found)).orElse(null));
    Map<String, String> facts = facts(connection);
    json.putAll(facts);
    if (cli.json()) {
      cli.printJson(json);
      return Exit.DONE;
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Context", connection.context());
    lines.put("Server", connection.baseUrl());
    lines.put("Key", shown + key.map(found -> "  (" + found.source() + ")").orElse(""));
    token.ifPresent(found -> lines.put("Actor token", showKey ? found : hint(found)));
    facts.forEach((what, value) -> lines.put(LABELS.getOrDefault(what, what), value));
    lines.forEach((what, value) -> cli.print("%-12s %s".formatted(what, Words.safe(value))));
    return Exit.DONE;
  }

  /** What else the next command would say about where it is. */
  private Map<String, String> facts(Connection connection) {
    Map<String, String> facts = new LinkedHashMap<>();
    Cli.Scope scope = cli.scope();
    scope.orgId().ifPresent(id -> facts.put("org_id", id));
    scope.workspaceId().ifPresent(id -> facts.put("workspace_id", id));
    connection.ownerAgent().ifPresent(address -> facts.put("owner_agent", address));
    Optional.ofNullable(cli.flags().environment)
        .or(() -> cli.contexts().find(connection.context()).flatMap(c -> c.text("environment")))
        .or(() -> cli.shell().variable("AXME_ENVIRONMENT"))
        .ifPresent(name -> facts.put("environment", name));
    return facts;
  }

  @Command(name = "use", description = "Send the next commands there.")
  int use(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
    Contexts contexts = cli.contexts();
    Contexts.Context context = contexts.find(name).orElseThrow(() -> unknown(name, contexts));
    contexts.use(name);
    contexts.put(placed(context));
    contexts.save();
    return done(name, "Commands now go to " + context.baseUrl().orElse("(no server yet)") + ".");
  }

  /** The context with the ids of its place, if it has none yet and its server tells. */
  private Contexts.Context placed(Contexts.Context context) {
    boolean known = context.text("org_id").isPresent() && context.text("workspace_id").isPresent();
    if (known || !cli.contexts().hasSecret(context.name())) {
      return context;
    }
    try {
      PersonalContext place = cli.client().personalContext();
      return context.with("org_id", place.orgId()).with("workspace_id", place.workspaceId());
    } catch (AxmeException notNow) {
      return context;
    }
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
    Optional.ofNullable(flags.apiKey).ifPresent(key -> contexts.putApiKey(name, key));
    Optional.ofNullable(flags.actorToken).ifPresent(token -> contexts.putActorToken(name, token));
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
