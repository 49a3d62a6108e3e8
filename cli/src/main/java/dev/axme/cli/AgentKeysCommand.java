package dev.axme.cli;

import dev.axme.sdk.AgentKey;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Directory;
import dev.axme.sdk.KeyTerms;
import dev.axme.sdk.NewAgentKey;
import dev.axme.sdk.ServiceAccount;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The keys of one agent. None of them ever decides. */
@Command(
    name = "keys",
    description = "See, make and revoke the keys of one agent.",
    synopsisSubcommandLabel = "COMMAND")
final class AgentKeysCommand {
  private final Cli cli;

  AgentKeysCommand(Cli cli) {
    this.cli = cli;
  }

  /** Which agent; scripts that were written for other clients name it by a flag. */
  static final class Whose {
    @Parameters(paramLabel = "AGENT", arity = "0..1", description = AgentsCommand.AGENT)
    @Nullable String agent;

    @Option(names = "--agent-id", paramLabel = "AGENT", description = "The same, as a flag.")
    @Nullable String agentId;

    String written() {
      String named = agent == null ? agentId : agent;
      if (named == null || (agent != null && agentId != null)) {
        throw CliException.usage("Name one agent: its name, its address, or its id (sa_...).");
      }
      return named;
    }
  }

  /** What may be said about a new key. */
  static final class Said {
    @Option(names = "--name", paramLabel = "NAME", description = "What to tell it apart by.")
    @Nullable String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    @Nullable String description;

    @Option(
        names = "--expires-at",
        paramLabel = "WHEN",
        description = "When it stops working: a moment, or a span such as 30d.")
    @Nullable String expiresAt;

    KeyTerms terms() {
      return new KeyTerms(
          Optional.ofNullable(name),
          Optional.ofNullable(description),
          Optional.ofNullable(expiresAt).map(text -> Spans.moment("--expires-at", text)));
    }
  }

  @Command(name = "list", description = "Show the keys of an agent, never their secrets.")
  int list(
      @Mixin Whose whose,
      @Option(names = "--all", description = "Show revoked and expired keys too.") boolean all) {
    String agent = whose.written();
    List<AgentKey> keys =
        cli.asPerson(client -> keys(client, agent)).stream()
            .filter(key -> all || key.status().equals("active"))
            .toList();
    if (cli.json()) {
      cli.printJson("keys", keys.stream().map(AgentKey::raw).toList());
      return Exit.DONE;
    }
    Table table = new Table("KEY", "NAME", "ENDS IN", "STATUS", "CREATED", "EXPIRES");
    for (AgentKey key : keys) {
      table.row(
          key.id(),
          key.name().orElse(""),
          key.hint(),
          key.status(),
          key.createdAt().map(Words::ago).orElse(""),
          key.expiresAt().map(Words::ahead).orElse("never"));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  private List<AgentKey> keys(AxmeClient client, String agent) {
    return client.directory().keys(AgentsCommand.find(cli, client, agent).id());
  }

  @Command(name = "create", description = "Make a key for an agent. Prints the key, once.")
  int create(@Mixin Whose whose, @Mixin Said said) {
    String agent = whose.written();
    KeyTerms terms = said.terms();
    NewAgentKey made =
        cli.asPerson(
            client -> {
              ServiceAccount account = AgentsCommand.find(cli, client, agent);
              return client.directory().createKey(account.id(), terms);
            });
    if (cli.json()) {
      cli.printJson(made.raw());
    } else {
      cli.print(made.secret());
      cli.say("Key " + made.key().id() + ", shown this once. It asks and never decides.");
    }
    return Exit.DONE;
  }

  @Command(name = "revoke", description = "Make a key useless.")
  int revoke(
      @Mixin Whose whose,
      @Option(
              names = "--key-id",
              paramLabel = "KEY",
              required = true,
              description = "The key's id (sak_...), from agents keys list.")
          String keyId) {
    String agent = whose.written();
    AgentKey revoked =
        cli.asPerson(
            client -> {
              Directory directory = client.directory();
              ServiceAccount account = AgentsCommand.find(cli, client, agent);
              return directory.revokeKey(account.id(), keyId);
            });
    if (cli.json()) {
      cli.printJson("key", revoked.raw());
    } else {
      cli.print(cli.ink().bold("Revoked") + ": " + Words.safe(revoked.id()));
    }
    return Exit.DONE;
  }
}
