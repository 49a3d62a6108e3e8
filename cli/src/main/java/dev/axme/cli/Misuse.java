package dev.axme.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was typed wrong, and what was probably meant. */
final class Misuse {
  private final Cli cli;

  Misuse(Cli cli) {
    this.cli = cli;
  }

  /** Says it, and answers with the exit code. */
  int report(ParameterException e) {
    CommandLine typed = e.getCommandLine();
    CommandLine line = typed.getParent() == null ? Commands.all(cli) : typed;
    String message = message(line, e);
    PrintStream err = cli.shell().err();
    String name = line.getCommandSpec().qualifiedName();
    err.println(cli.ink().red("axme: ") + cli.prose(Words.safe(message)));
    err.println("      " + cli.prose("Try `" + name + " --help`."));
    return Exit.USAGE;
  }

  private static String message(CommandLine line, ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(line, unmatched.getUnmatched().getFirst());
    }
    if (!line.getSubcommands().isEmpty()) {
      String name = line.getCommandSpec().qualifiedName();
      return "`"
          + name
          + "` wants one of: "
          + String.join(", ", line.getSubcommands().keySet())
          + ".";
    }
    return e.getMessage() == null ? "This cannot be read." : e.getMessage();
  }

  private static String unknown(CommandLine line, String word) {
    boolean flag = word.startsWith("-");
    String name = line.getCommandSpec().qualifiedName();
    List<String> known = new ArrayList<>(flag ? flags(line) : line.getSubcommands().keySet());
    if (!flag && known.isEmpty()) {
      return "`" + name + "` takes no " + word + ".";
    }
    String message = "There is no " + (flag ? "flag " : "command ") + word + ".";
    return Nearest.to(word, known)
        .map(near -> message + " Did you mean `" + (flag ? near : name + " " + near) + "`?")
        .orElse(message);
  }

  private static List<String> flags(CommandLine line) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }
}
