package dev.axme.cli;

import dev.axme.sdk.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Fields given on the command line, one by one or as JSON. */
final class FieldOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME=VALUE",
      description = "One field; repeat it for more.")
  List<String> pairs = List.of();

  @Option(names = "--data-json", paramLabel = "JSON", description = "Fields as a JSON object.")
  @Nullable String json;

  /** All of them; a pair wins over the same name in the JSON. */
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (json != null) {
      values.putAll(parsed(json));
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw CliException.usage("Expected --data NAME=VALUE, found " + pair + ".");
      }
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return values;
  }

  private static Map<String, @Nullable Object> parsed(String text) {
    try {
      return Json.parseObject(text);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--data-json: " + e.getMessage() + ".");
    }
  }
}
