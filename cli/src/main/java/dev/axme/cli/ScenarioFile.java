package dev.axme.cli;

import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON object that a file, or for {@code -} the standard input, describes. */
final class ScenarioFile {
  private ScenarioFile() {}

  static Map<String, @Nullable Object> read(Shell shell, String name) {
    try {
      return Json.parseObject(text(shell, name));
    } catch (NoSuchFileException e) {
      throw CliException.usage("There is no file " + name + ".");
    } catch (IOException e) {
      throw CliException.error("Cannot read " + name + ": " + e.getMessage() + ".");
    } catch (IllegalArgumentException e) {
      throw CliException.error(name + ": " + e.getMessage() + ".");
    }
  }

  private static String text(Shell shell, String name) throws IOException {
    return name.equals("-")
        ? new String(shell.in().readAllBytes(), StandardCharsets.UTF_8)
        : Files.readString(Path.of(name));
  }
}
