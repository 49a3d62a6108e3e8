package dev.axme.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A JSON object that somebody wrote: what is missing or of another kind reads as absent. */
record JsonView(Map<String, @Nullable Object> fields) {
  static JsonView of(@Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put(String.valueOf(name), field));
    }
    return new JsonView(fields);
  }

  Optional<String> text(String name) {
    return fields.get(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A whole number, also one that was written as text. */
  OptionalLong number(String name) {
    Object value = fields.get(name);
    if (value instanceof Number number) {
      return OptionalLong.of(number.longValue());
    }
    return value instanceof String text && text.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  JsonView in(String name) {
    return of(fields.get(name));
  }

  /** The texts of an array. */
  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    if (fields.get(name) instanceof List<?> list) {
      list.forEach(element -> all.add(String.valueOf(element)));
    }
    return all;
  }

  /** The objects of an array; what is no object in it reads as an empty one. */
  List<JsonView> each(String name) {
    List<JsonView> all = new ArrayList<>();
    if (fields.get(name) instanceof List<?> list) {
      list.forEach(element -> all.add(of(element)));
    }
    return all;
  }
}
