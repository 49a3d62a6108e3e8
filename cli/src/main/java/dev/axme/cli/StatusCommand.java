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
      health
          .raw()
          .forEach(
              (name, value) -> {
                if (!name.equals("ok")) {
                  cli.print(
                      "  "
                          + cli.ink().faint(Words.safe(Words.lower(name)))
                          + "  "
                          + Words.safe(String.valueOf(value)));
                }
              });
    }
    return health.ok() ? Exit.DONE : Exit.ERROR;
  }
}
