package dev.axme.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Which axme this is. Asks no server. */
@Command(name = "version", description = "Print the version of this program.")
final class VersionCommand implements Callable<Integer> {
  private final Cli cli;

  VersionCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    if (cli.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("version", Cli.VERSION);
      json.put("java", java);
      cli.printJson(json);
    } else {
      cli.print("axme " + Cli.VERSION + " (Java " + java + ")");
    }
    return Exit.DONE;
  }
}
