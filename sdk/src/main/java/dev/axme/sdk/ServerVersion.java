package dev.axme.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which program answers. */
public record ServerVersion(String version, Map<String, @Nullable Object> raw) {
  static ServerVersion of(Fields json) {
    return new ServerVersion(json.text("version"), json.raw());
  }
}
