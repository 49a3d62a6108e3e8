package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Scenarios.AppliedScenario;
import dev.axme.sdk.Scenarios.Macro;
import dev.axme.sdk.Scenarios.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Workflows of agents and people, from a file. */
@Command(
    name = "scenarios",
    aliases = "scenario",
    description = "Start workflows of agents and people from a file.",
    synopsisSubcommandLabel = "COMMAND")
final class ScenariosCommand {
  private static final String FILE = "The scenario, as JSON; - reads the standard input.";

  private final Cli cli;

  ScenariosCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(
      name = "validate",
      description = {
        "Say everything that is wrong with a scenario, and do nothing.",
        "Exit: 0 it can be applied, 1 it cannot."
      })
  int validate(@Parameters(paramLabel = "FILE", description = FILE) String file) {
    Map<String, @Nullable Object> scenario = ScenarioFile.read(cli.shell(), file);
    Validation validation = cli.client().scenarios().validate(scenario);
    if (cli.json()) {
      cli.indented().printJson(validation.raw());
    } else {
      print(validation);
      cli.say(validation.valid() ? file + " can be applied." : file + " cannot be applied.");
    }
    return validation.valid() ? Exit.DONE : Exit.ERROR;
  }

  @Command(
      name = "apply",
      description = {
        "Start a scenario. Prints intent_id=ID.",
        "Agents with create_if_missing get an account and a key, which is kept in"
            + " scenario-agents.json.",
        "Exit with --watch: 0 approved or completed, 1 failed, 3 rejected, 4 expired or canceled."
      })
  int apply(
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Option(names = "--watch", description = "Follow it to its end.") boolean watch,
      @Option(
              names = "--server-side",
              hidden = true,
              description = "Make no keys here; the server makes the accounts.")
          boolean serverSide) {
    Map<String, @Nullable Object> scenario = ScenarioFile.read(cli.shell(), file);
    return cli.asPerson(client -> apply(client, scenario, watch, serverSide));
  }

  private int apply(
      AxmeClient client, Map<String, @Nullable Object> scenario, boolean watch, boolean bare) {
    Validation validation = client.scenarios().validate(scenario);
    if (!validation.valid()) {
      throw CliException.error(String.join("\n", validation.errors()));
    }
    validation.warnings().forEach(warning -> cli.warn(Words.safe(warning)));
    ScenarioKeys keys = ScenarioKeys.load(cli.shell());
    String baseUrl = cli.connection().baseUrl();
    List<Provisioning.Provided> provided =
        bare
            ? List.of()
            : new Provisioning(client, cli.directory(client), keys, baseUrl)
                .provide(JsonView.of(scenario));
    AppliedScenario applied = client.scenarios().apply(scenario);
    report(applied, provided, keys);
    return watch
        ? new Following(cli, client).toTheEnd(applied.intentId(), 0, Optional.empty())
        : Exit.DONE;
  }

  private void report(
      AppliedScenario applied, List<Provisioning.Provided> provided, ScenarioKeys keys) {
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>(applied.raw());
      json.put("keys_file", provided.isEmpty() ? null : keys.file().toString());
      json.put("keys", provided.stream().map(ScenariosCommand::asJson).toList());
      cli.printJson(json);
      return;
    }
    cli.print("intent_id=" + applied.intentId());
    for (Provisioning.Provided agent : provided) {
      String name = Words.safe(agent.account().name());
      cli.say(
          (agent.fresh() ? "Agent " + name + " has a new key" : "Agent " + name + " has its key")
              + " in "
              + keys.file()
              + ": `axme scenarios key "
              + name
              + "`");
    }
    cli.say("Follow it: `axme intents watch " + applied.intentId() + "`");
  }

  private static Map<String, @Nullable Object> asJson(Provisioning.Provided agent) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("address", agent.account().address());
    json.put("service_account_id", agent.account().id());
    json.put("key_id", agent.keyId());
    json.put("created", agent.fresh());
    return json;
  }

  @Command(name = "key", description = "Print the key that apply kept for an agent.")
  int key(
      @Parameters(paramLabel = "AGENT", description = "The agent's name, or its whole address.")
          String agent) {
    ScenarioKeys keys = ScenarioKeys.load(cli.shell());
    List<ScenarioKeys.Entry> found = new ArrayList<>(keys.entries(cli.connection().baseUrl()));
    found.removeIf(e -> !e.address().equals(agent) && !Words.shortName(e.address()).equals(agent));
    if (found.size() != 1) {
      throw CliException.error(
          found.isEmpty()
              ? keys.file() + " has no key of an agent " + agent + "."
              : found.size() + " agents are called " + agent + ". Give the whole address.");
    }
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("address", found.getFirst().address());
      json.put("api_key", found.getFirst().apiKey());
      cli.printJson(json);
    } else {
      cli.print(found.getFirst().apiKey());
    }
    return Exit.DONE;
  }

  @Command(name = "list-templates", description = "Show the workflows that the server has ready.")
  int listTemplates() {
    List<Macro> macros = cli.client().scenarios().macros();
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("macros", macros.stream().map(Macro::raw).toList());
      cli.indented().printJson(json);
      return Exit.DONE;
    }
    Table table = new Table("TEMPLATE", "WHAT IT DOES");
    macros.forEach(macro -> table.row(macro.id(), macro.description().orElse("")));
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(name = "graph", description = "Print a scenario's workflow as a Mermaid diagram.")
  int graph(@Parameters(paramLabel = "FILE", description = FILE) String file) {
    JsonView scenario = JsonView.of(ScenarioFile.read(cli.shell(), file));
    String diagram = WorkflowGraph.of(scenario).mermaid();
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("mermaid", diagram);
      cli.printJson(json);
    } else {
      diagram.lines().forEach(cli::print);
    }
    scenario
        .in("workflow")
        .text("macro_id")
        .ifPresent(
            macro ->
                cli.warn(
                    "the steps of " + Words.safe(macro) + " are the server's; the file has none."));
    return Exit.DONE;
  }

  private void print(Validation validation) {
    validation.errors().forEach(text -> cli.print(cli.ink().red("error: ") + Words.safe(text)));
    validation
        .warnings()
        .forEach(text -> cli.print(cli.ink().amber("warning: ") + Words.safe(text)));
  }
}
