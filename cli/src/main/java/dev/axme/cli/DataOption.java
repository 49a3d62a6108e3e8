package dev.axme.cli;

import dev.axme.server.Settings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which store is meant, read exactly as the server reads it. A mixin of commands. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (AXME_DATA, ~/.axme).")
  private Optional<String> data = Optional.empty();

  Settings settings(Cli cli) {
    try {
      return Settings.parse(
          data.map(directory -> List.of("--data", directory)).orElse(List.of()),
          cli.shell().environment());
    } catch (Settings.UsageException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }
}
