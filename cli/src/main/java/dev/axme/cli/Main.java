package dev.axme.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the executable begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
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
    CommandLine line = Commands.named(cli, args);
    boolean wantsRootHelp = Set.of("--help", "-h", "help").contains(args[0]);
    if (wantsRootHelp || line.getSubcommands().isEmpty()) {
      line = Commands.all(cli);
    }
    return execute(cli, line, wantsRootHelp ? new String[] {"--help"} : args);
  }

  private static int execute(Cli cli, CommandLine line, String... args) {
    Faults faults = new Faults(cli);
    return line.setOut(writer(cli.shell().out()))
        .setErr(writer(cli.shell().err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler((e, arguments) -> misused(cli, e))
        .setExecutionExceptionHandler((e, command, parsed) -> faults.report(e))
        .execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int misused(Cli cli, ParameterException e) {
    CommandLine line = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && line.getParent() == null) {
      line = Commands.all(cli);
      cli.shell().err().println(cli.ink().red("axme: ") + cli.prose(unknown(line, unmatched)));
    } else {
      cli.shell().err().println(cli.ink().red("axme: ") + Words.safe(message(e)));
      suggest(cli, e);
    }
    cli.shell()
        .err()
        .println(
            "      " + cli.prose("Try `" + line.getCommandSpec().qualifiedName() + " --help`."));
    return Exit.USAGE;
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? "This cannot be read." : e.getMessage();
  }

  private static void suggest(Cli cli, ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      cli.shell()
          .err()
          .println("      Did you mean " + unmatched.getSuggestions().getFirst() + "?");
    }
  }

  private static String unknown(CommandLine line, UnmatchedArgumentException e) {
    String word = e.getUnmatched().getFirst();
    String message =
        "There is no " + (word.startsWith("-") ? "flag " : "command ") + Words.safe(word) + ".";
    return Nearest.to(word, line.getSubcommands().keySet())
        .map(near -> message + " Did you mean `axme " + near + "`?")
        .orElse(message);
  }
}
