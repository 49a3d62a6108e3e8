package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.intents.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One object of a bundle and where it stands. Takes typed values out of it; what does not fit
 * becomes a finding and counts as absent. Numbers and flags may come as strings, as the command
 * line's wizard sends them.
 */
final class Part {
  private static final Pattern WHOLE = Pattern.compile("\\s*[0-9]{1,15}\\s*");
  private static final Pattern FLAG = Pattern.compile("\\s*(?i:true|false)\\s*");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final int SHOWN_KEY = 80;

  private final String place;
  private final Shape shape;
  private final ObjectNode raw;
  private final Fields fields;
  private final Findings findings;

  /** A part of this shape; every key that the shape does not know is warned of. */
  Part(ObjectNode json, String place, Shape shape, Findings findings) {
    this.place = place;
    this.shape = shape;
    this.findings = findings;
    this.raw = json;
    this.fields = new Fields(coerced(json));
  }

  private ObjectNode coerced(ObjectNode json) {
    ObjectNode coerced = Json.object();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      Shape.Field field = shape.fields().get(member.getKey());
      if (field == null) {
        findings.warning(at(shown(member.getKey())), "is not known and is ignored.");
      } else {
        coerced.set(field.name(), coerced(field.kind(), member.getValue()));
      }
    }
    return coerced;
  }

  private static String shown(String key) {
    return key.length() <= SHOWN_KEY ? key : key.substring(0, SHOWN_KEY) + "…";
  }

  private static JsonNode coerced(Shape.Kind kind, JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    String text = value.textValue();
    JsonNode read =
        switch (kind) {
          case WHOLE, SECONDS ->
              WHOLE.matcher(text).matches()
                  ? Json.object().numberNode(Long.parseLong(text.strip()))
                  : value;
          case FLAG ->
              FLAG.matcher(text).matches()
                  ? Json.object().booleanNode(text.strip().toLowerCase(Locale.ROOT).equals("true"))
                  : value;
          case TEXT, OBJECT, LIST, ANY, IGNORED -> value;
        };
    return text.isBlank() && kind != Shape.Kind.TEXT ? Json.object().nullNode() : read;
  }

  String place() {
    return place;
  }

  /** The place of a field. */
  String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  boolean has(String name) {
    return fields.has(name);
  }

  void error(String name, String sentence) {
    findings.error(at(name), sentence);
  }

  void warning(String name, String sentence) {
    findings.warning(at(name), sentence);
  }

  Optional<String> text(String name) {
    return tried(() -> fields.text(shape.field(name).most(), name).map(String::strip));
  }

  /** A name: text that must be there, on one line. */
  Optional<String> needed(String name, String what) {
    Optional<String> text = text(name);
    JsonNode given = fields.body().path(name);
    if (!has(name) || (given.isTextual() && given.textValue().isBlank())) {
      error(name, "is missing: " + what);
    } else if (text.isPresent() && UNSEEN.matcher(text.get()).find()) {
      error(name, "must be on one line, without control characters.");
    }
    return text;
  }

  /** A whole number; 0 counts as not given. */
  Optional<Integer> whole(String name) {
    return tried(
        () -> {
          OptionalInt number = fields.number(name, 0, shape.field(name).most());
          return number.isEmpty() || number.getAsInt() == 0
              ? Optional.empty()
              : Optional.of(number.getAsInt());
        });
  }

  Optional<Duration> seconds(String name) {
    return tried(() -> fields.seconds(shape.field(name).name()));
  }

  boolean flag(String name) {
    return tried(() -> fields.flag(shape.field(name).name())).orElse(false);
  }

  Optional<Instant> time(String name) {
    return tried(() -> fields.instant(shape.field(name).name()));
  }

  Optional<ObjectNode> object(String name) {
    return tried(() -> fields.object(shape.field(name).name()));
  }

  /** The object under a name, as a part of its own. */
  Optional<Part> part(String name, Shape of) {
    return object(name).map(json -> new Part(json, at(name), of, findings));
  }

  /** The objects of a list, each a part of its own; entries of another kind are errors. */
  List<Part> parts(String name, Shape of) {
    return parts(name, of, at(name));
  }

  List<Part> parts(String name, Shape of, String at) {
    List<Part> parts = new ArrayList<>();
    List<JsonNode> entries = list(name);
    for (int i = 0; i < entries.size(); i++) {
      String where = at + "[" + i + "]";
      if (entries.get(i) instanceof ObjectNode json) {
        parts.add(new Part(json, where, of, findings));
      } else {
        findings.error(where, "must be an object, but it is " + Json.kind(entries.get(i)) + ".");
      }
    }
    return parts;
  }

  private List<JsonNode> list(String name) {
    Optional<JsonNode> list = fields.any(name);
    int most = shape.field(name).most();
    if (list.isEmpty()) {
      return List.of();
    }
    if (!list.get().isArray()) {
      error(name, "must be a list, but it is " + Json.kind(list.get()) + ".");
      return List.of();
    }
    if (list.get().size() > most) {
      error(name, "may have " + most + " entries, but it has " + list.get().size() + ".");
      return List.of();
    }
    return list.get().valueStream().toList();
  }

  /** Looks at every field once, for parts that somebody else reads. */
  void look() {
    for (Shape.Field field : shape.fields().values()) {
      switch (field.kind()) {
        case TEXT -> text(field.name());
        case WHOLE -> whole(field.name());
        case SECONDS -> seconds(field.name());
        case FLAG -> flag(field.name());
        case OBJECT -> object(field.name());
        case LIST -> list(field.name());
        case ANY, IGNORED -> {}
      }
    }
  }

  /** The whole object, with the values of known fields as they were understood. */
  ObjectNode json() {
    ObjectNode json = raw.deepCopy();
    json.setAll(fields.body());
    return json;
  }

  private <T> Optional<T> tried(Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (Problem e) {
      findings.error(place, e);
      return Optional.empty();
    }
  }
}
