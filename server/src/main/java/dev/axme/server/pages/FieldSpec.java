package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.FormField.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One property of a form's schema and how a person fills it in. */
record FieldSpec(String name, JsonNode schema, Kind kind, boolean required) {

  private static final int MOST_RADIOS = 5;
  private static final int MOST_OPTIONS = 500;
  private static final int LONGEST_OPTION = 1000;
  private static final int LONG = 120;

  /** What a field holds. */
  enum Kind {
    LINE,
    AREA,
    EMAIL,
    URL,
    DATE,
    DATE_TIME,
    INTEGER,
    NUMBER,
    YES_NO,
    CHOICE,
    CHECKS,
    LINES,
    JSON
  }

  static FieldSpec of(String name, JsonNode schema, boolean required) {
    return new FieldSpec(name, schema, kindOf(schema), required);
  }

  private static Kind kindOf(JsonNode schema) {
    if (schema.has("$ref") || schema.has("allOf") || schema.has("anyOf")) {
      return Kind.JSON;
    }
    if (!choices(schema).isEmpty()) {
      return Kind.CHOICE;
    }
    return switch (type(schema)) {
      case "boolean" -> Kind.YES_NO;
      case "integer" -> Kind.INTEGER;
      case "number" -> Kind.NUMBER;
      case "string" -> stringKind(schema);
      case "array" -> arrayKind(schema.path("items"));
      default -> Kind.JSON;
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      return type.textValue();
    }
    List<String> types = new ArrayList<>();
    type.forEach(t -> types.add(t.asText()));
    types.remove("null");
    if (types.size() == 1) {
      return types.getFirst();
    }
    boolean bare =
        types.isEmpty()
            && !schema.has("properties")
            && !schema.has("items")
            && !schema.has("oneOf");
    return bare ? "string" : "";
  }

  private static Kind stringKind(JsonNode schema) {
    return switch (schema.path("format").asText("").toLowerCase(Locale.ROOT)) {
      case "email" -> Kind.EMAIL;
      case "uri", "url" -> Kind.URL;
      case "date" -> Kind.DATE;
      case "date-time" -> Kind.DATE_TIME;
      case "textarea", "multiline", "markdown" -> Kind.AREA;
      default -> {
        boolean area =
            schema.path("maxLength").asLong(0) > LONG
                || schema.path("minLength").asLong(0) >= LONG / 2
                || schema.path("default").asText("").contains("\n");
        yield area ? Kind.AREA : Kind.LINE;
      }
    };
  }

  private static Kind arrayKind(JsonNode items) {
    List<JsonNode> choices = choices(items);
    if (!choices.isEmpty()) {
      return choices.size() <= 30 ? Kind.CHECKS : Kind.JSON;
    }
    return type(items).equals("string") && items.isObject() ? Kind.LINES : Kind.JSON;
  }

  /** The values to choose from, of a schema or of the items of a list. */
  List<JsonNode> choices() {
    return choices(kind == Kind.CHECKS ? schema.path("items") : schema);
  }

  private static List<JsonNode> choices(JsonNode schema) {
    List<JsonNode> values = new ArrayList<>();
    if (schema.has("const")) {
      values.add(schema.get("const"));
    }
    schema.path("enum").forEach(values::add);
    if (values.isEmpty()) {
      schema.path("oneOf").forEach(one -> values.add(one.path("const")));
    }
    boolean drawable =
        values.size() <= MOST_OPTIONS
            && values.stream().allMatch(v -> v.isValueNode() && key(v).length() <= LONGEST_OPTION);
    return drawable ? values : List.of();
  }

  /** The text that stands for a choice in a post. */
  static String key(JsonNode choice) {
    return choice.isTextual() ? choice.textValue() : choice.toString();
  }

  /** The words for a choice: the title that the schema gives it, or itself. */
  String choiceLabel(JsonNode choice) {
    JsonNode of = kind == Kind.CHECKS ? schema.path("items") : schema;
    for (JsonNode one : of.path("oneOf")) {
      if (one.path("const").equals(choice) && one.path("title").isTextual()) {
        return Labels.clip(one.path("title").textValue(), LONG);
      }
    }
    return choice.isTextual() ? Labels.clip(choice.textValue(), LONG) : PayloadValues.plain(choice);
  }

  Shape shape() {
    return switch (kind) {
      case AREA, LINES -> Shape.AREA;
      case JSON -> Shape.CODE;
      case YES_NO -> Shape.RADIOS;
      case CHOICE -> choices().size() <= MOST_RADIOS ? Shape.RADIOS : Shape.SELECT;
      case CHECKS -> Shape.CHECKS;
      case LINE, EMAIL, URL, DATE, DATE_TIME, INTEGER, NUMBER -> Shape.LINE;
    };
  }

  String label() {
    String title = schema.path("title").asText("").strip();
    return title.isEmpty() ? Labels.of(name) : Labels.clip(title, LONG);
  }
}
