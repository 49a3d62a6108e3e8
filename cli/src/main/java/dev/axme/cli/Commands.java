package dev.axme.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * What can be typed, in the order of the help. A command's class is loaded only when its name
 * appears on the command line, so that starting costs what one command costs.
 */
final class Commands {
  private static final SequencedMap<String, Function<Cli, Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("up", UpCommand::new);
    ALL.put("demo", DemoCommand::new);
    ALL.put("sign-in", SignInCommand::new);
    ALL.put("tasks", TasksCommand::new);
    ALL.put("intents", IntentsCommand::new);
    ALL.put("inbox", InboxCommand::new);
    ALL.put("scenarios", ScenariosCommand::new);
    ALL.put("deliveries", DeliveriesCommand::new);
    ALL.put("people", PeopleCommand::new);
    ALL.put("agents", AgentsCommand::of);
    ALL.put("keys", KeysCommand::new);
    ALL.put("webhooks", WebhooksCommand::new);
    ALL.put("login", LoginCommand::new);
    ALL.put("logout", LogoutCommand::new);
    ALL.put("session", SessionCommand::new);
    ALL.put("whoami", WhoamiCommand::new);
    ALL.put("org", OrgCommand::new);
    ALL.put("workspace", WorkspaceCommand::new);
    ALL.put("context", ContextCommand::new);
    ALL.put("status", StatusCommand::new);
    ALL.put("doctor", DoctorCommand::new);
    ALL.put("owner-key", OwnerKeyCommand::new);
    ALL.put("backup", BackupCommand::new);
    ALL.put("restore", RestoreCommand::new);
    ALL.put("completion", CompletionCommand::new);
    ALL.put("version", VersionCommand::new);
  }

  /** What only this program itself types. */
  private static final SequencedMap<String, Function<Cli, Object>> OWN = new LinkedHashMap<>();

  static {
    OWN.put(DemoAgentCommand.NAME, DemoAgentCommand::new);
  }

  private Commands() {}

  /** The command line with those commands that the arguments name. */
  static CommandLine named(Cli cli, String... args) {
    CommandLine line = root(cli);
    BiConsumer<String, Function<Cli, Object>> add =
        (name, command) -> {
          if (Arrays.asList(args).contains(name)) {
            line.addSubcommand(name, command.apply(cli));
          }
        };
    ALL.forEach(add);
    OWN.forEach(add);
    return Help.tidy(line);
  }

  /** The command line with every command: for help, completion and suggestions. */
  static CommandLine all(Cli cli) {
    CommandLine line = root(cli);
    ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(cli)));
    return Help.tidy(line);
  }

  private static CommandLine root(Cli cli) {
    CommandLine line = new CommandLine(cli.flags());
    line.getCommandSpec().version("axme " + Cli.VERSION);
    return line.setUnmatchedOptionsAllowedAsOptionParameters(false);
  }
}
