package dev.axme.cli;

import dev.axme.server.Settings;
import java.util.List;
import java.util.Optional;

/** Which store is meant, read exactly as the server reads it. */
final class DataOption {
  private DataOption() {}

  static Settings settings(Cli cli, Optional<String> flag) {
    try {
      return Settings.parse(
          flag.map(directory -> List.of("--data", directory)).orElse(List.of()),
          cli.shell().environment());
    } catch (Settings.UsageException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }
}
