package dev.axme.cli;

import dev.axme.sdk.Health;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Whether the server serves. */
@Command(name = "status", description = "Show whether the server serves.")
final class StatusCommand implements Callable<Integer> {
  private final Cli cli;

  StatusCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Health health = cli.client().health();
    if (cli.json()) {
      cli.printJson(health.raw());
    } else {
      String word = health.ok() ? cli.ink().green("serving") : cli.ink().red("not ready");
      cli.print("axme at " + cli.connection().baseUrl() + " is " + word);
      Table table = new Table("", "");
      health.raw().entrySet().stream()
          .filter(entry -> !entry.getKey().equals("ok"))
          .forEach(
              entry -> table.row(Words.lower(entry.getKey()), String.valueOf(entry.getValue())));
      table.print(cli.shell().out(), cli.ink());
    }
    return health.ok() ? Exit.DONE : Exit.ERROR;
  }
}
