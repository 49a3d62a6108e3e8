package dev.axme.cli;

import dev.axme.server.Maintenance;
import dev.axme.server.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A way back in, for whoever can read the server's files. */
@Command(
    name = "owner-key",
    description = {
      "Make a new login key for the owner, for whoever can read the data directory.",
      "Works with and without a running server. Prints the key, once; older ones go on working."
    })
final class OwnerKeyCommand implements Callable<Integer> {
  private final Cli cli;

  @Mixin private final DataOption data = new DataOption();

  OwnerKeyCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Settings settings = data.settings(cli);
    String key = Faults.told(() -> new Maintenance(settings).newOwnerKey());
    if (cli.json()) {
      cli.printJson(Map.of("ok", true, "api_key", key));
    } else {
      cli.print(key);
      cli.say("Shown this once. It decides as the owner: `axme login --api-key KEY` stores it.");
    }
    return Exit.DONE;
  }
}
