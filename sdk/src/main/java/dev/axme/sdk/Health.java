package dev.axme.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the server serves, and on what. */
public record Health(
    boolean ok, String service, String storage, Map<String, @Nullable Object> raw) {
  static Health of(Fields json) {
    return new Health(json.flag("ok"), json.text("service"), json.text("storage"), json.raw());
  }
}
