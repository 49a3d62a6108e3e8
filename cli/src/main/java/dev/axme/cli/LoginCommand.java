package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Me;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Stores a key for a server, after asking the server whose it is. */
@Command(
    name = "login",
    description = {
      "Store a key for a server: axme login --api-key KEY [--base-url URL]",
      "A login key decides; an agent's key only asks. `axme owner-key` makes a login key."
    })
final class LoginCommand implements Callable<Integer> {
  private final Cli cli;

  LoginCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Root flags = cli.flags();
    if (flags.apiKey == null) {
      throw CliException.usage("Expected a key: `axme login --api-key KEY [--base-url URL]`.");
    }
    Contexts contexts = cli.contexts();
    Connection connection = contextOrNew(contexts, flags);
    AxmeClient client = cli.client(connection, connection.keys().stream().findFirst());
    Optional<Me> me = whose(client);
    String name = connection.context();
    Contexts.Context context = contexts.find(name).orElseGet(() -> Contexts.Context.named(name));
    contexts.put(
        context
            .with("base_url", connection.baseUrl())
            .with("org_id", me.map(Me::orgId).filter(id -> !id.isEmpty()))
            .with("workspace_id", me.map(Me::workspaceId).filter(id -> !id.isEmpty())));
    contexts.putApiKey(name, flags.apiKey);
    contexts.use(name);
    contexts.save();
    report(connection, me);
    return Exit.DONE;
  }

  private Connection contextOrNew(Contexts contexts, Root flags) {
    if (flags.contextName != null && contexts.find(flags.contextName).isEmpty()) {
      contexts.put(Contexts.Context.named(flags.contextName));
    }
    return cli.connection();
  }

  /** Empty when nobody answers now: the key is stored all the same, and checked when it is used. */
  private Optional<Me> whose(AxmeClient client) {
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
