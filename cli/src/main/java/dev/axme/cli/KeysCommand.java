package dev.axme.cli;

import dev.axme.sdk.AgentKey;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Directory;
import dev.axme.sdk.NewAgentKey;
import dev.axme.sdk.ServiceAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The keys by which agents ask. None of them ever decides. */
@Command(
    name = "keys",
    description = "See, make and revoke the keys of agents.",
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  private final Cli cli;

  KeysCommand(Cli cli) {
    this.cli = cli;
  }

  /** A key and the agent that holds it. */
  private record Held(ServiceAccount account, AgentKey key) {
    Map<String, @Nullable Object> asJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>(key.raw());
      json.put("service_account_id", account.id());
      json.put("name", account.name());
      json.put("address", account.address());
      return json;
    }
  }

  @Command(name = "list", description = "Show the keys of all agents.")
  int list(@Option(names = "--all", description = "Show revoked keys too.") boolean revokedToo) {
    List<Held> keys =
        cli.asPerson(this::everyKey).stream()
            .filter(held -> revokedToo || held.key().status().equals("active"))
            .toList();
    if (cli.json()) {
      cli.printJson("keys", keys.stream().map(Held::asJson).toList());
      return Exit.DONE;
    }
    Table table = new Table("KEY", "AGENT", "ENDS IN", "STATUS", "CREATED");
    for (Held held : keys) {
      table.row(
          held.key().id(),
          held.account().name(),
          held.key().hint(),
          held.key().status(),
          held.key().createdAt().map(Words::ago).orElse(""));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(
      name = "create",
      description = "Make a key for an agent, and the agent when it is new. Prints the key, once.")
  int create(@Parameters(paramLabel = "NAME", description = "The agent's name.") String name) {
    NewAgentKey made =
        cli.asPerson(
            client -> {
              Directory directory = cli.directory(client);
              ServiceAccount account =
                  directory.accounts().stream()
                      .filter(known -> known.name().equals(name))
                      .findFirst()
                      .orElseGet(() -> directory.createAccount(name));
              return directory.createKey(account.id());
            });
    if (cli.json()) {
      cli.printJson(made.raw());
    } else {
      cli.print(made.secret());
      cli.say("A key for " + Words.safe(name) + ", shown this once. It asks and never decides.");
    }
    return Exit.DONE;
  }

  @Command(name = "revoke", description = "Make a key useless.")
  int revoke(
      @Parameters(paramLabel = "KEY", description = "The key's id (sak_...), from keys list.")
          String keyId) {
    AgentKey revoked =
        cli.asPerson(
            client -> {
              Held held = find(client, keyId);
              return client.directory().revokeKey(held.account().id(), held.key().id());
            });
    if (cli.json()) {
      cli.printJson(revoked.raw());
    } else {
      cli.print(cli.ink().bold("Revoked") + ": " + Words.safe(revoked.id()));
    }
    return Exit.DONE;
  }

  private Held find(AxmeClient client, String keyId) {
    Optional<Held> found =
        everyKey(client).stream().filter(held -> held.key().id().equals(keyId)).findFirst();
    return found.orElseThrow(
        () -> CliException.error("There is no key " + keyId + ". See `axme keys list --all`."));
  }

  private List<Held> everyKey(AxmeClient client) {
    List<Held> all = new ArrayList<>();
    for (ServiceAccount account : cli.directory(client).accounts()) {
      for (AgentKey key : client.directory().keys(account.id())) {
        all.add(new Held(account, key));
      }
    }
    return all;
  }
}
