package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Payload;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Blob;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes typed values out of a body; what it does not understand is a 422 that names the field. */
public final class Fields {
  /** Nothing waits longer than this. */
  static final Duration TEN_YEARS = Duration.ofDays(3653);

  private static final int REASON = 2_000;

  private final ObjectNode body;
  private final List<Blob> blobs = new ArrayList<>();

  /** The fields of {@code body}. */
  public Fields(ObjectNode body) {
    this.body = body;
  }

  public ObjectNode body() {
    return body;
  }

  /** The payloads that {@link #payload} made. */
  public List<Blob> blobs() {
    return blobs;
  }

  public boolean has(String name) {
    return body.hasNonNull(name);
  }

  /** The value under the first of these names that is there. */
  public Optional<JsonNode> any(String... names) {
    for (String name : names) {
      if (body.hasNonNull(name)) {
        return Optional.of(body.get(name));
      }
    }
    return Optional.empty();
  }

  public Optional<String> text(int longest, String... names) {
    Optional<JsonNode> value = any(names);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isTextual()) {
      throw Problem.invalid(
          names[0], "must be a string, but it is " + Json.kind(value.get()) + ".");
    }
    String text = value.get().textValue();
    if (text.length() > longest) {
      throw Problem.invalid(
          names[0], "may have " + longest + " characters, but it has " + text.length() + ".");
    }
    if (text.indexOf('\0') >= 0) {
      throw Problem.invalid(names[0], "must not contain the character NUL.");
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** {@code reason}, at most 2,000 characters (section 1.10). */
  Optional<String> reason() {
    return text(REASON, "reason");
  }

  public Optional<ObjectNode> object(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isObject()) {
      throw Problem.invalid(name, "must be an object, but it is " + Json.kind(value.get()) + ".");
    }
    return value.map(ObjectNode.class::cast);
  }

  public Optional<Boolean> flag(String name) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw Problem.invalid(
          name, "must be true or false, but it is " + Json.kind(value.get()) + ".");
    }
    return value.map(JsonNode::booleanValue);
  }

  /** A whole number from {@code least} to {@code most}. */
  public OptionalInt number(String name, int least, int most) {
    Optional<JsonNode> value = any(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    BigDecimal number =
        value.get().isNumber() ? value.get().decimalValue() : BigDecimal.valueOf(-1L);
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw Problem.invalid(name, "must be a whole number from " + least + " to " + most + ".");
    }
    return OptionalInt.of(number.intValueExact());
  }

  /** Seconds; 0 counts as not given (section 2.1). */
  public Optional<Duration> seconds(String name) {
    OptionalInt seconds = number(name, 0, (int) TEN_YEARS.toSeconds());
    return seconds.isEmpty() || seconds.getAsInt() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsInt()));
  }

  public Optional<Instant> instant(String name) {
    return text(64, name).map(t -> instant(name, t));
  }

  private static Instant instant(String name, String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (instant.isAfter(Instant.now().plus(TEN_YEARS))) {
        throw Problem.invalid(name, "lies more than ten years ahead; nothing waits that long.");
      }
      return instant;
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
          name, "must be a time such as 2027-01-31T12:00:00Z (RFC 3339), but it is " + text + ".");
    }
  }

  /** {@code expected_policy_generation} (section 3.8). */
  OptionalInt expectedGeneration() {
    return number("expected_policy_generation", 0, Integer.MAX_VALUE);
  }

  /** Keeps {@code node} as a payload of the command. */
  public Payload payload(JsonNode node) {
    Blob blob = Blob.of(Json.bytes(node));
    blobs.add(blob);
    return blob.payload();
  }
}
