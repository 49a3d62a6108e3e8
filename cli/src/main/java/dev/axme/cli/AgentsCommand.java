package dev.axme.cli;

import dev.axme.sdk.Agent;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.NewAgent;
import dev.axme.sdk.ServiceAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The agents that have an address here. */
@Command(
    name = "agents",
    description = "See, register and delete agents, and their keys.",
    synopsisSubcommandLabel = "COMMAND")
final class AgentsCommand {
  /** How an agent is named. */
  static final String AGENT = "The agent: its name, its address, or its id (sa_...).";

  private final Cli cli;

  private AgentsCommand(Cli cli) {
    this.cli = cli;
  }

  /** The command with the ones below it. */
  static CommandLine of(Cli cli) {
    return new CommandLine(new AgentsCommand(cli)).addSubcommand(new AgentKeysCommand(cli));
  }

  @Command(name = "list", description = "Show the agents of the workspace.")
  int list(@Option(names = "--all", description = "Show deleted agents too.") boolean deletedToo) {
    List<Agent> agents =
        cli.directory(cli.client()).agents().stream()
            .filter(agent -> deletedToo || !agent.status().equals("deleted"))
            .toList();
    if (cli.json()) {
      cli.printJson("agents", agents.stream().map(Agent::raw).toList());
      return Exit.DONE;
    } else if (agents.isEmpty()) {
      cli.say("No agent is registered. Make one with `axme agents register NAME`.");
      return Exit.DONE;
    }
    Table table = new Table("ADDRESS", "NAME", "DELIVERY", "STATUS", "CREATED");
    for (Agent agent : agents) {
      table.row(
          agent.address(),
          agent.displayName().orElse(agent.name()),
          agent.deliveryMode(),
          agent.status(),
          agent.createdAt().map(Words::ago).orElse(""));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(name = "show", description = "Show who is behind an address.")
  int show(
      @Parameters(paramLabel = "ADDRESS", description = "A name, or a whole address.")
          String address) {
    Agent agent = cli.client().directory().agent(address);
    if (cli.json()) {
      cli.printJson("agent", agent.raw());
      return Exit.DONE;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Address", agent.address());
    facts.put("Name", agent.name());
    agent.displayName().ifPresent(name -> facts.put("Called", name));
    facts.put("Status", agent.status());
    facts.put("Delivery", agent.deliveryMode());
    facts.put("Account", agent.accountId());
    agent.createdAt().ifPresent(at -> facts.put("Created", Words.ago(at)));
    facts.forEach((name, value) -> cli.print("%-9s %s".formatted(name, Words.safe(value))));
    return Exit.DONE;
  }

  /** What may be said about a new agent. */
  static final class Said {
    @Option(names = "--display-name", paramLabel = "NAME", description = "What people call it.")
    @Nullable String displayName;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it does.")
    @Nullable String description;

    @Option(
        names = "--delivery-mode",
        paramLabel = "MODE",
        description = "How intents reach it: stream (so if left out), poll, http, inbox, internal.")
    @Nullable String deliveryMode;

    @Option(
        names = "--callback-url",
        paramLabel = "URL",
        description = "Where intents are pushed to, for --delivery-mode http.")
    @Nullable String callbackUrl;

    NewAgent agent(String name) {
      return new NewAgent(
          name,
          Optional.ofNullable(displayName),
          Optional.ofNullable(description),
          Optional.ofNullable(deliveryMode),
          Optional.ofNullable(callbackUrl));
    }
  }

  @Command(name = "register", description = "Give an agent an address. Prints the address.")
  int register(
      @Parameters(paramLabel = "NAME", description = "Its name; the address ends in it.")
          String name,
      @CommandLine.Mixin Said said) {
    ServiceAccount made = cli.asPerson(client -> cli.directory(client).register(said.agent(name)));
    if (cli.json()) {
      cli.printJson("service_account", made.raw());
    } else {
      cli.print(Words.safe(made.address()));
      cli.say("It needs a key to ask and to listen: `axme agents keys create " + made.id() + "`");
      if (made.raw().get("webhook_secret") instanceof String secret) {
        cli.say("Pushes to it are signed with this secret, shown this once: " + Words.safe(secret));
      }
    }
    return Exit.DONE;
  }

  @Command(name = "delete", description = "End an agent: all its keys stop working, for good.")
  int delete(@Parameters(paramLabel = "AGENT", description = AGENT) String agent) {
    ServiceAccount ended =
        cli.asPerson(
            client -> {
              ServiceAccount account = find(cli, client, agent);
              client.directory().revokeAccount(account.id());
              return account;
            });
    if (cli.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("service_account_id", ended.id());
      json.put("status", "revoked");
      cli.printJson(json);
    } else {
      cli.print(cli.ink().bold("Deleted") + ": " + Words.safe(ended.address()));
    }
    return Exit.DONE;
  }

  /** The account that was meant, by id, by address or by name. */
  static ServiceAccount find(Cli cli, AxmeClient client, String written) {
    if (written.startsWith("sa_")) {
      return client.directory().account(written);
    }
    List<ServiceAccount> named =
        cli.directory(client).accounts().stream()
            .filter(account -> account.name().equals(written))
            .toList();
    return named.size() == 1
        ? named.getFirst()
        : client.directory().account(client.directory().agent(written).accountId());
  }
}
