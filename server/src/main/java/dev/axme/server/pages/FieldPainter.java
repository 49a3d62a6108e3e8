package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.FormField.Content;
import dev.axme.server.pages.FormField.Control;
import dev.axme.server.pages.FormField.Option;
import dev.axme.server.pages.FormField.Shape;
import dev.axme.server.pages.FormField.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes drawable fields of a schema's, filled with what was typed or with the defaults. */
final class FieldPainter {

  private static final int LONGEST_HINT = 500;

  private final Map<String, List<String>> typed;

  FieldPainter(Map<String, List<String>> typed) {
    this.typed = typed;
  }

  FormField paint(String id, FieldSpec field, @Nullable String error) {
    String name = DecisionForm.PREFIX + field.name();
    Words words = new Words(field.label(), hint(field), field.required());
    return new FormField(
        id, name, words, control(field), content(field, current(name, field)), error);
  }

  /** The area for whatever the form has no field for. */
  FormField rest(String name, @Nullable String error) {
    Words words = new Words("Other fields", "One JSON object, in curly braces.", false);
    String text = String.join("\n", typed.getOrDefault(name, List.of()));
    Control control = new Control(Shape.CODE, "", "", "");
    return new FormField("field-rest", name, words, control, new Content(text, List.of()), error);
  }

  /** What is in the field now: what was typed, on a first visit what the schema proposes. */
  private List<String> current(String name, FieldSpec field) {
    if (!typed.isEmpty()) {
      return typed.getOrDefault(name, List.of());
    }
    JsonNode proposed = field.schema().path("default");
    return switch (field.kind()) {
      case CHECKS -> keys(proposed);
      case LINES -> List.of(String.join("\n", keys(proposed)));
      case JSON -> proposed.isMissingNode() ? List.of() : List.of(RawJson.pretty(proposed).text());
      default ->
          proposed.isValueNode() && !proposed.isNull()
              ? List.of(FieldSpec.key(proposed))
              : List.of();
    };
  }

  private static List<String> keys(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(FieldSpec::key).toList();
  }

  private static Control control(FieldSpec field) {
    String type =
        switch (field.kind()) {
          case EMAIL -> "email";
          case URL -> "url";
          case DATE -> "date";
          case DATE_TIME -> "datetime-local";
          default -> "text";
        };
    String mode =
        switch (field.kind()) {
          case INTEGER -> field.schema().path("minimum").asDouble(-1) >= 0 ? "numeric" : "text";
          case NUMBER -> field.schema().path("minimum").asDouble(-1) >= 0 ? "decimal" : "text";
          default -> "";
        };
    JsonNode most = field.schema().path("maxLength");
    boolean text = field.shape() == Shape.LINE || field.kind() == FieldSpec.Kind.AREA;
    boolean limited = text && most.isInt() && most.intValue() > 0;
    return new Control(field.shape(), type, mode, limited ? most.asText() : "");
  }

  private static Content content(FieldSpec field, List<String> current) {
    List<Option> options = new ArrayList<>();
    if (field.kind() == FieldSpec.Kind.YES_NO) {
      options.add(new Option("true", "Yes", current.contains("true")));
      options.add(new Option("false", "No", current.contains("false")));
    } else if (field.kind() == FieldSpec.Kind.CHOICE || field.kind() == FieldSpec.Kind.CHECKS) {
      for (JsonNode choice : field.choices()) {
        String key = FieldSpec.key(choice);
        options.add(new Option(key, field.choiceLabel(choice), current.contains(key)));
      }
    }
    boolean single = field.kind() == FieldSpec.Kind.YES_NO || field.kind() == FieldSpec.Kind.CHOICE;
    if (single && (!field.required() || field.shape() == Shape.SELECT)) {
      boolean none = options.stream().noneMatch(Option::chosen);
      options.addFirst(new Option("", field.required() ? "Choose" : "No answer", none));
    }
    String text = current.isEmpty() ? "" : current.getLast();
    boolean local = field.kind() == FieldSpec.Kind.DATE_TIME && text.endsWith("Z");
    return new Content(local ? text.substring(0, text.length() - 1) : text, options);
  }

  private static String hint(FieldSpec field) {
    List<String> hints = new ArrayList<>();
    hints.add(Labels.clip(field.schema().path("description").asText("").strip(), LONGEST_HINT));
    hints.add(
        switch (field.kind()) {
          case INTEGER, NUMBER -> range(field.schema());
          case LINES -> "One a line.";
          case JSON -> "Written as JSON.";
          case DATE_TIME -> "In UTC.";
          case LINE, AREA -> length(field.schema());
          default -> "";
        });
    return hints.stream().filter(h -> !h.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String range(JsonNode schema) {
    JsonNode least = schema.path("minimum");
    JsonNode most = schema.path("maximum");
    if (least.isNumber() && most.isNumber()) {
      return "From " + least.asText() + " to " + most.asText() + ".";
    }
    if (least.isNumber()) {
      return "At least " + least.asText() + ".";
    }
    return most.isNumber() ? "At most " + most.asText() + "." : "";
  }

  private static String length(JsonNode schema) {
    long least = schema.path("minLength").asLong(0);
    long most = schema.path("maxLength").asLong(0);
    if (least > 1 && most > 0) {
      return "From " + least + " to " + most + " characters.";
    }
    if (least > 1) {
      return "At least " + least + " characters.";
    }
    return most > 0 ? "At most " + most + " characters." : "";
  }
}
