package dev.axme.cli;

import dev.axme.server.Maintenance;
import dev.axme.server.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A backup in the place of the embedded store. */
@Command(
    name = "restore",
    description = {
      "Put a backup in the place of the embedded store; the former one is kept beside it.",
      "Stop the server first. Keys made after the backup stop working."
    })
final class RestoreCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "FILE", description = "What backup wrote.")
  private Path file = Path.of("");

  @Mixin private final DataOption data = new DataOption();

  RestoreCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Settings settings = data.settings(cli);
    Path former = Faults.told(() -> new Maintenance(settings).restore(file));
    if (cli.json()) {
      cli.printJson(Map.of("ok", true, "former_store", former.toString()));
      return Exit.DONE;
    }
    cli.say("Restored " + file + " to " + settings.data() + ".");
    if (!former.endsWith("axme.db")) {
      cli.say("What was there is kept in " + former + ".");
    }
    cli.say("Start it with `axme up`. `axme owner-key` makes a login key if none works.");
    return Exit.DONE;
  }
}
