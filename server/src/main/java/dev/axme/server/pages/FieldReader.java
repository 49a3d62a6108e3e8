package dev.axme.server.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what was posted for one field as the type that its schema names. */
final class FieldReader {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,300}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,300}([.][0-9]{1,300})?([eE][+-]?[0-9]{1,3})?");
  private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

  private FieldReader() {}

  /** What came of reading: a value, nothing typed, or a sentence about what is wrong. */
  sealed interface Read {
    record Typed(JsonNode value) implements Read {}

    record Nothing() implements Read {}

    record Wrong(String message) implements Read {}
  }

  static Read read(FieldSpec field, List<String> posted) {
    if (field.kind() == FieldSpec.Kind.CHECKS) {
      return checks(field, posted);
    }
    String raw = posted.isEmpty() ? "" : posted.getLast();
    if (raw.isBlank()) {
      return new Read.Nothing();
    }
    String text = raw.strip();
    return switch (field.kind()) {
      case LINE, EMAIL, URL, DATE -> typed(JSON.textNode(text));
      case AREA -> typed(JSON.textNode(LINE_END.matcher(raw).replaceAll("\n").strip()));
      case DATE_TIME -> typed(JSON.textNode(dateTime(text)));
      case INTEGER -> integer(text);
      case NUMBER -> number(text);
      case YES_NO -> yesNo(text);
      case CHOICE -> choice(field, raw);
      case LINES -> typed(lines(text));
      case JSON -> json(text);
      case CHECKS -> throw new IllegalStateException("Expected checks to be read above");
    };
  }

  private static Read typed(JsonNode value) {
    return new Read.Typed(value);
  }

  private static Read integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return new Read.Wrong("Write a whole number, such as 12");
    }
    BigInteger value = new BigInteger(text);
    return typed(
        value.bitLength() < 64 ? JSON.numberNode(value.longValue()) : JSON.numberNode(value));
  }

  private static Read number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return new Read.Wrong("Write a number, such as 12.5");
    }
    return typed(JSON.numberNode(new BigDecimal(text)));
  }

  private static Read yesNo(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> typed(JSON.booleanNode(true));
      case "false", "no" -> typed(JSON.booleanNode(false));
      default -> new Read.Wrong("Choose yes or no");
    };
  }

  private static Read choice(FieldSpec field, String raw) {
    for (JsonNode choice : field.choices()) {
      if (FieldSpec.key(choice).equals(raw)) {
        return typed(choice);
      }
    }
    return new Read.Wrong("Choose one of the values offered");
  }

  private static Read checks(FieldSpec field, List<String> posted) {
    ArrayNode values = JSON.arrayNode();
    for (String raw : posted) {
      switch (choice(field, raw)) {
        case Read.Typed typed -> values.add(typed.value());
        case Read.Nothing nothing -> {}
        case Read.Wrong wrong -> {
          return wrong;
        }
      }
    }
    return values.isEmpty() && !field.required() ? new Read.Nothing() : typed(values);
  }

  private static ArrayNode lines(String text) {
    ArrayNode values = JSON.arrayNode();
    LINE_END
        .splitAsStream(text)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(values::add);
    return values;
  }

  /** A browser sends local time without a zone; the page says that it means UTC. */
  private static String dateTime(String text) {
    return switch (text.length()) {
      case 16 -> text + ":00Z";
      case 19 -> text + "Z";
      default -> text;
    };
  }

  static Read json(String text) {
    try {
      return typed(RawJson.strictMapper().readTree(text));
    } catch (JsonProcessingException e) {
      return new Read.Wrong(
          "This is not JSON: line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    }
  }
}
