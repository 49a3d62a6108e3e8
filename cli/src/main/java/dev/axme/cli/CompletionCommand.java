package dev.axme.cli;

import dev.axme.server.Setting;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
    CommandLine all = Commands.all(new Cli(cli.shell(), new Root()));
    Optional.ofNullable(all.getSubcommands().get("up"))
        .ifPresent(up -> addSettings(up.getCommandSpec()));
    cli.print(AutoComplete.bash("axme", all));
    return Exit.DONE;
  }

  /**
   * The flags of {@code up} are the server's, and the parser here knows them only to complete them.
   */
  private static void addSettings(CommandSpec up) {
    for (Setting setting : Setting.values()) {
      if (up.findOption(setting.flag()) == null) {
        OptionSpec.Builder option = OptionSpec.builder(setting.flag());
        up.addOption(option.type(setting.isSwitch() ? boolean.class : String.class).build());
      }
    }
  }
}
