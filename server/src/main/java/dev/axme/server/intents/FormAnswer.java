package dev.axme.server.intents;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what a person answered as the schema means it: terminals send strings only, and a bare
 * "approve" leaves out what follows from the outcome (protocol section 6.4). The schema has passed
 * {@link FormSchema}, so following its references ends.
 */
final class FormAnswer {
  private static final List<String> FOLLOW_FROM_OUTCOME =
      List.of("approved", "acknowledged", "confirmed");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,400}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,400}([.][0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");
  private static final int LARGEST_EXPONENT = 1_000;

  private final JsonNode root;

  FormAnswer(JsonNode root) {
    this.root = root;
  }

  /** The fields with strings as their declared types and with what follows from the outcome. */
  ObjectNode typed(ObjectNode fields, boolean success) {
    ObjectNode typed = Json.object();
    fields.properties().forEach(f -> typed.set(f.getKey(), typed(f.getKey(), f.getValue())));
    for (String name : FOLLOW_FROM_OUTCOME) {
      if (!typed.has(name) && required(root, name) && types(name).contains("boolean")) {
        typed.put(name, success);
      }
    }
    return typed;
  }

  private JsonNode typed(String name, JsonNode value) {
    Set<String> types = types(name);
    if (!value.isTextual() || types.contains("string")) {
      return value;
    }
    String text = value.textValue().strip();
    for (String type : types) {
      Optional<JsonNode> read = read(type, text);
      if (read.isPresent()) {
        return read.get();
      }
    }
    return types.isEmpty() ? choice(name, text).orElse(value) : value;
  }

  private static Optional<JsonNode> read(String type, String text) {
    return switch (type) {
      case "boolean" ->
          text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
              ? Optional.of(BooleanNode.valueOf(text.equalsIgnoreCase("true")))
              : Optional.empty();
      case "integer" ->
          INTEGER.matcher(text).matches()
              ? Optional.of(whole(new BigInteger(text)))
              : Optional.empty();
      case "number" ->
          NUMBER.matcher(text).matches()
              ? Optional.of(number(new BigDecimal(text)))
              : Optional.empty();
      case "null" ->
          text.equals("null") ? Optional.of(JsonNodeFactory.instance.nullNode()) : Optional.empty();
      case "array" -> json(text).filter(JsonNode::isArray);
      case "object" -> json(text).filter(JsonNode::isObject);
      default -> Optional.empty();
    };
  }

  private static JsonNode whole(BigInteger value) {
    return value.bitLength() < 64
        ? JsonNodeFactory.instance.numberNode(value.longValue())
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static JsonNode number(BigDecimal value) {
    return value.scale() == 0 ? whole(value.unscaledValue()) : DecimalNode.valueOf(value);
  }

  private static Optional<JsonNode> json(String text) {
    try {
      byte[] wrapped = ("{\"v\":" + text + "}").getBytes(StandardCharsets.UTF_8);
      return Optional.ofNullable(Json.readObject(wrapped).get("v"));
    } catch (Problem e) {
      return Optional.empty();
    }
  }

  /** The value of an enum without a type that reads like the text. */
  private Optional<JsonNode> choice(String name, String text) {
    for (JsonNode place : places(name)) {
      for (JsonNode choice : place.path("enum")) {
        if (choice.isValueNode() && choice.asText().equals(text)) {
          return Optional.of(choice);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the schema has a property of this name. */
  boolean declares(String name) {
    return !places(name).isEmpty();
  }

  private Set<String> types(String name) {
    Set<String> types = new LinkedHashSet<>();
    places(name).forEach(place -> types(place, types));
    return types;
  }

  private void types(JsonNode schema, Set<String> types) {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      types.add(type.textValue());
    }
    type.forEach(t -> types.add(t.asText()));
    parts(schema, "$ref", "allOf", "anyOf", "oneOf").forEach(part -> types(part, types));
  }

  /** Where the schema says what a property is, references followed. */
  private List<JsonNode> places(String name) {
    List<JsonNode> places = new ArrayList<>();
    places(root, name, places);
    return places;
  }

  private void places(JsonNode schema, String name, List<JsonNode> places) {
    JsonNode property = schema.path("properties").path(name);
    if (!property.isMissingNode()) {
      places.add(property);
    }
    parts(schema, "$ref", "allOf").forEach(part -> places(part, name, places));
  }

  private boolean required(JsonNode schema, String name) {
    return schema.path("required").valueStream().anyMatch(r -> r.asText().equals(name))
        || parts(schema, "$ref", "allOf").stream().anyMatch(part -> required(part, name));
  }

  private List<JsonNode> parts(JsonNode schema, String... keywords) {
    List<JsonNode> parts = new ArrayList<>();
    for (String keyword : keywords) {
      JsonNode value = schema.path(keyword);
      if (value.isTextual()) {
        parts.add(root.at(JsonPointer.compile(value.textValue().substring(1))));
      } else if (value.isArray()) {
        value.forEach(parts::add);
      }
    }
    return parts;
  }

  /** Whether arithmetic on this number could fill the memory. */
  static boolean hugeNumber(JsonNode value) {
    return value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > LARGEST_EXPONENT;
  }
}
