package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Me;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a key for a server, after asking the server whose it is. */
@Command(
    name = "login",
    description = {
      "Store a key for a server: axme login --api-key KEY [--base-url URL]",
      "A login key decides; an agent's key only asks. `axme owner-key` makes a login key."
    })
final class LoginCommand implements Callable<Integer> {
  private static final String HOW =
      """
      This server sends no codes by mail: log in with a key, `axme login --api-key KEY`.
      Whoever runs the server makes one with `axme owner-key`; `axme keys create` makes more.
      A browser is signed in by `axme sign-in`.""";

  private final Cli cli;

  /** How other AXME clients log in to servers that send mail. */
  @Option(
      names = {"--browser", "--no-browser", "--web", "--force", "--bootstrap-alpha"},
      hidden = true,
      description = "Not here: log in with a key.")
  List<Boolean> otherwise = List.of();

  LoginCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Root flags = cli.flags();
    boolean secret = flags.apiKey != null || flags.actorToken != null;
    if (!secret && flags.ownerAgent == null) {
      throw CliException.usage(HOW);
    }
    Contexts contexts = cli.contexts();
    Connection connection = contextOrNew(contexts, flags);
    Optional<Me> me = secret ? whose(connection) : Optional.empty();
    String name = connection.context();
    Contexts.Context context = contexts.find(name).orElseGet(() -> Contexts.Context.named(name));
    contexts.put(
        context
            .with("base_url", connection.baseUrl())
            .with("org_id", id(flags.orgId, me.map(Me::orgId)))
            .with("workspace_id", id(flags.workspaceId, me.map(Me::workspaceId)))
            .with("owner_agent", Optional.ofNullable(flags.ownerAgent))
            .with("environment", Optional.ofNullable(flags.environment)));
    Optional.ofNullable(flags.apiKey).ifPresent(key -> contexts.putApiKey(name, key));
    Optional.ofNullable(flags.actorToken).ifPresent(token -> contexts.putActorToken(name, token));
    contexts.use(name);
    contexts.save();
    report(connection, me);
    return Exit.DONE;
  }

  private static Optional<String> id(@Nullable String flag, Optional<String> told) {
    return Optional.ofNullable(flag).or(() -> told.filter(id -> !id.isEmpty()));
  }

  private Connection contextOrNew(Contexts contexts, Root flags) {
    if (flags.contextName != null && contexts.find(flags.contextName).isEmpty()) {
      contexts.put(Contexts.Context.named(flags.contextName));
    }
    return cli.connection();
  }

  /** Empty when nobody answers now: the key is stored all the same, and checked when it is used. */
  private Optional<Me> whose(Connection connection) {
    AxmeClient client = cli.client(connection, connection.keys().stream().findFirst());
    try {
      return Optional.of(client.me());
    } catch (AxmeException e) {
      if (!e.unreachable()) {
        throw e;
      }
      cli.warn(e.detail() + ", so the key is stored unchecked.");
      return Optional.empty();
    }
  }

  private void report(Connection connection, Optional<Me> me) {
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("context", connection.context());
      json.put("base_url", connection.baseUrl());
      json.put("address", me.map(Me::address).orElse(null));
      json.put("decides", me.map(known -> known.actor().isPresent()).orElse(null));
      cli.printJson(json);
      return;
    }
    String who =
        me.map(
                known ->
                    known
                        .actor()
                        .map(actor -> "as " + actor)
                        .orElse("as agent " + known.address() + ", which asks but never decides"))
            .orElse("without asking the server");
    cli.say("Logged in to " + connection.baseUrl() + " " + Words.safe(who) + ".");
  }
}
