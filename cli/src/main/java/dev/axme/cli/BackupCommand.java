package dev.axme.cli;

import dev.axme.server.Maintenance;
import dev.axme.server.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A copy of the embedded store, made while the server goes on. */
@Command(
    name = "backup",
    description = {
      "Copy the embedded store into a file, while the server goes on.",
      "The file holds every request, and no key that works."
    })
final class BackupCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "FILE", description = "A new file.")
  private Path file = Path.of("");

  @Mixin private final DataOption data = new DataOption();

  BackupCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Settings settings = data.settings(cli);
    Faults.told(
        () -> {
          new Maintenance(settings).backup(file);
          return file;
        });
    if (cli.json()) {
      cli.printJson(Map.of("ok", true, "file", file.toAbsolutePath().toString()));
    } else {
      cli.say("Copied the store of " + settings.data() + " to " + file + ".");
    }
    return Exit.DONE;
  }
}
