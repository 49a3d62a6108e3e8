package dev.axme.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The script that completes axme's commands in a shell. */
@Command(
    name = "completion",
    description = {
      "Print the completion script for bash and zsh.",
      "Use it: source <(axme completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Cli cli;

  CompletionCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    cli.print(AutoComplete.bash("axme", Commands.all(new Cli(cli.shell(), new Root()))));
    return Exit.DONE;
  }
}
