package dev.axme.sdk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read by name. What is missing or of another kind reads as absent: a newer server
 * must not break a client.
 */
final class Fields {
  private final Map<String, @Nullable Object> object;

  Fields(Map<String, @Nullable Object> object) {
    this.object = object;
  }

  Map<String, @Nullable Object> raw() {
    return object;
  }

  Optional<String> optional(String name) {
    return object.get(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  String text(String name) {
    return optional(name).orElse("");
  }

  /** An id that must be there. */
  UUID id(String name) {
    try {
      return UUID.fromString(text(name));
    } catch (IllegalArgumentException e) {
      throw AxmeException.foreign("Expected an id in " + name + ", found " + object.keySet());
    }
  }

  long number(String name) {
    return object.get(name) instanceof Number number ? number.longValue() : 0;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(object.get(name));
  }

  /** Whether this says true or false; empty when it says neither. */
  Optional<Boolean> decided(String name) {
    return object.get(name) instanceof Boolean bool ? Optional.of(bool) : Optional.empty();
  }

  Optional<Instant> instant(String name) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.get()));
    } catch (DateTimeException notInUtc) {
      return offsetInstant(text.get());
    }
  }

  private static Optional<Instant> offsetInstant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The object of that name; an empty one when there is none. */
  Fields in(String name) {
    return new Fields(asObject(object.get(name)));
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  List<Fields> each(String name) {
    List<Fields> all = new ArrayList<>();
    if (object.get(name) instanceof List<?> list) {
      for (Object element : list) {
        all.add(new Fields(asObject(element)));
      }
    }
    return all;
  }

  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    if (object.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String text) {
          all.add(text);
        }
      }
    }
    return Collections.unmodifiableList(all);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> asObject(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
