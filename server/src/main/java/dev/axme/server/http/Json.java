package dev.axme.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * JSON trees: read with every digit kept and with limits on depth and length, written compactly.
 */
public final class Json {
  /** How deep a body may nest. */
  public static final int MAX_DEPTH = 200;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(1_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final ObjectWriter SORTED =
      JsonMapper.builder()
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .writer();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** {@code {"ok": true}}, which almost every answer begins with. */
  public static ObjectNode ok() {
    return object().put("ok", true);
  }

  /**
   * Reads a body; nothing at all is an empty object (protocol section 1.1).
   *
   * @throws Problem 400 when it is no JSON, 422 when it is no object
   */
  public static ObjectNode readObject(byte[] body) {
    if (body.length == 0) {
      return object();
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (IOException e) {
      throw new Problem(
          400, "bad_request", "The body is not valid JSON" + where(e) + ". Send one JSON object.");
    }
    if (node == null || node.isMissingNode()) {
      return object();
    }
    if (Surrogates.mayBeIn(body) && Surrogates.loneIn(node)) {
      throw new Problem(
          400,
          "bad_request",
          "The body has half a surrogate pair, which is no character. Send whole ones.");
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new Problem(
        422, "validation_error", "The body must be a JSON object, but it is " + kind(node) + ".");
  }

  private static String where(IOException e) {
    if (!(e instanceof JsonProcessingException json)) {
      return "";
    }
    String why = json.getOriginalMessage().replaceFirst(" for `?ObjectNode.*", " twice");
    int detail = why.indexOf(" (");
    String at =
        json.getLocation() == null
            ? ""
            : " (line %d, column %d)"
                .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    return ": " + (detail < 0 ? why : why.substring(0, detail)) + at;
  }

  /** What a value is, in words for an error. */
  public static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case NUMBER -> "a number";
      case STRING -> "a string";
      case OBJECT -> "an object";
      case BINARY, MISSING, POJO -> "something else";
    };
  }

  /** Reads what this server stored. */
  public static JsonNode read(byte[] stored) {
    try {
      return MAPPER.readTree(stored);
    } catch (IOException e) {
      throw new IllegalStateException("Expected JSON that was stored as such", e);
    }
  }

  /** Compact UTF-8. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a tree that can be written", e);
    }
  }

  /** Compact text on one line. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a tree that can be written", e);
    }
  }

  /** The same text whatever the order of the keys was. */
  public static String canonical(JsonNode node) {
    try {
      return SORTED.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a tree that can be written", e);
    }
  }
}
