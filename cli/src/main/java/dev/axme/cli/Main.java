package dev.axme.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Where the executable begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    SameProgram.endWithParent();
    Shell shell = Shell.ofThisProcess();
    int exitCode = run(shell, args);
    shell.out().flush();
    System.exit(exitCode);
  }

  /** Runs one command and answers with the exit code. */
  static int run(Shell shell, String... args) {
    Cli cli = new Cli(shell, new Root());
    if (args.length == 0) {
      Commands.all(cli).usage(shell.out());
      return Exit.DONE;
    }
    if (args[0].equals("help")) {
      return run(shell, helpOf(args));
    }
    if (startsServer(args)) {
      return up(cli, args);
    }
    boolean wantsRootHelp = Set.of("--help", "-h").contains(args[0]);
    CommandLine line = Commands.named(cli, args);
    if (wantsRootHelp || line.getSubcommands().isEmpty()) {
      line = Commands.all(cli);
    }
    try {
      return execute(cli, line, args);
    } finally {
      cli.close();
    }
  }

  /** "help tasks list" as "tasks list --help". */
  private static String[] helpOf(String... args) {
    List<String> asked = new ArrayList<>(List.of(args).subList(1, args.length));
    asked.add("--help");
    return asked.toArray(String[]::new);
  }

  /** The server's flags are its settings' business: they never meet the parser of the client's. */
  private static boolean startsServer(String... args) {
    return args[0].equals("up")
        || (args.length > 1 && args[0].equals("--json") && args[1].equals("up"));
  }

  private static int up(Cli cli, String... args) {
    List<String> flags = new ArrayList<>(List.of(args));
    flags.remove("up");
    try {
      return new UpCommand(cli).run(flags);
    } catch (RuntimeException e) {
      return new Faults(cli).report(e);
    }
  }

  private static int execute(Cli cli, CommandLine line, String... args) {
    Faults faults = new Faults(cli);
    Misuse misuse = new Misuse(cli);
    return line.setOut(writer(cli.shell().out()))
        .setErr(writer(cli.shell().err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler((e, arguments) -> misuse.report(e))
        .setExecutionExceptionHandler((e, command, parsed) -> faults.report(e))
        .execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
