package dev.axme.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Blob;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Takes values out of a request's body; what it does not understand is a 422 naming the field. */
final class Body {
  private static final int LONGEST_KEY = 255;

  /** What a client may say anew in each repeat of a request (section 1.8). */
  private static final List<String> NOT_COMPARED =
      List.of("correlation_id", "from_agent", "idempotency_key");

  private final ObjectNode json;

  private Body(ObjectNode json) {
    this.json = json;
  }

  static Body of(Call call) {
    return new Body(call.json());
  }

  /** Refuses every other field by name: for our own endpoints, which are strict. */
  Body only(List<String> names) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw Problem.invalid(
                    name, "is not known here; known are " + String.join(", ", names) + ".");
              }
            });
    return this;
  }

  /** Whether the field is there at all, be it null. */
  boolean mentions(String name) {
    return json.has(name);
  }

  /** Text without surrounding space; absent, null and blank are the same. */
  Optional<String> text(String name, int longest) {
    return verbatim(name, longest).map(String::strip).filter(t -> !t.isEmpty());
  }

  /** Text just as it was sent; absent and null are the same. */
  Optional<String> verbatim(String name, int longest) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Problem.invalid(name, "must be a string, but it is " + Json.kind(value) + ".");
    }
    String text = value.textValue();
    if (text.length() > longest) {
      throw Problem.invalid(
          name, "may have " + longest + " characters, but it has " + text.length() + ".");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw Problem.invalid(name, "must not contain control characters.");
    }
    return Optional.of(text);
  }

  String needed(String name, int longest, String example) {
    return text(name, longest)
        .orElseThrow(() -> Problem.invalid(name, "is needed, such as \"" + example + "\"."));
  }

  /** What an organization or a workspace is called: 2 to 120 characters, just as they were sent. */
  String name(String example) {
    return verbatim("name", 120)
        .filter(n -> n.strip().length() >= 2)
        .orElseThrow(
            () ->
                Problem.invalid(
                    "name", "is needed, with 2 to 120 characters: \"" + example + "\"."));
  }

  /** An object as JSON text of at most {@code longest} bytes; absent and null are the same. */
  Optional<String> object(String name, int longest) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw Problem.invalid(name, "must be an object, but it is " + Json.kind(value) + ".");
    }
    int size = Json.bytes(value).length;
    if (size > longest) {
      throw Problem.invalid(name, "may have " + longest + " bytes, but it has " + size + ".");
    }
    return Optional.of(Json.text(value));
  }

  /** By what repeats of a request are known. */
  String hash() {
    ObjectNode compared = Json.object();
    compared.setAll(json);
    compared.remove(NOT_COMPARED);
    return Blob.sha256(Json.canonical(compared)).hex();
  }

  /** Throws 409 unless the request that came first with this idempotency key was the same. */
  void sameAs(String firstHash) {
    if (!hash().equals(firstHash)) {
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
  }

  Optional<String> oneOf(String name, List<String> values) {
    Optional<String> text = text(name, 64);
    if (text.isPresent() && !values.contains(text.get())) {
      throw Problem.invalid(name, "must be one of " + String.join(", ", values) + ".");
    }
    return text;
  }

  /** A time that is still to come. */
  Optional<Instant> future(String name, Instant now) {
    Optional<Instant> at = text(name, 64).map(t -> instant(name, t));
    if (at.isPresent() && !at.get().isAfter(now)) {
      throw Problem.invalid(name, "must lie in the future; it is " + now + " now.");
    }
    return at;
  }

  private static Instant instant(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException e) {
      throw Problem.invalid(name, "must be a time such as 2027-01-31T12:00:00Z (RFC 3339).");
    }
  }

  /** The header's idempotency key (section 1.8). */
  static Optional<String> idempotencyKey(Call call) {
    Optional<String> key = call.header("idempotency-key");
    if (key.isPresent() && (key.get().length() > LONGEST_KEY || key.get().indexOf('\0') >= 0)) {
      throw Problem.invalid(
          "Idempotency-Key", "may have " + LONGEST_KEY + " characters, none of them NUL.");
    }
    return key;
  }
}
