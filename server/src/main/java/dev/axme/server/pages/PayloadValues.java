package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Chooses how one value is shown, when it fits in one row. */
final class PayloadValues {

  private static final int SHORT = 300;
  private static final int SHORT_LINES = 6;
  private static final int HEAD = 120;
  private static final int LONGEST_TEXT = 16 * 1024;
  private static final int LONGEST_CELL = 120;
  private static final int MOST_ITEMS = 50;
  private static final int MOST_COLUMNS = 5;

  /** Whether a list or object has a form that needs no rows of its own. */
  boolean fits(JsonNode node) {
    return node.isArray() ? plainList(node) || grid(node) : move(node);
  }

  /** The value of a node that {@link #fits}, of a plain one, or of one too deep for rows. */
  Value of(String key, JsonNode node) {
    if (node.isTextual()) {
      return text(key, node.textValue());
    }
    if (node.isNumber()) {
      String digits = node.asText();
      return digits.length() > SHORT ? folded(digits, "digits") : new Value.Digits(digits);
    }
    if (!node.isContainerNode()) {
      return node.isBoolean() ? new Value.Text(plain(node)) : new Value.Remark("none");
    }
    if (node.isEmpty()) {
      return new Value.Remark(node.isArray() ? "empty list" : "nothing inside");
    }
    if (!fits(node)) {
      return json(node);
    }
    if (node.isObject()) {
      return new Value.Move(plain(node.get("from")), plain(node.get("to")));
    }
    return plainList(node) ? list(node) : gridOf(node);
  }

  private static Value text(String key, String text) {
    if (text.isBlank()) {
      return new Value.Remark(text.isEmpty() ? "empty text" : "only spaces");
    }
    if (Diff.unified(key, text)) {
      return Diff.ofUnified(text);
    }
    if (Links.safe(text)) {
      return new Value.Link(text);
    }
    boolean brief =
        text.length() <= SHORT && text.lines().limit(SHORT_LINES + 1).count() <= SHORT_LINES;
    return brief ? new Value.Text(text) : folded(text, "characters");
  }

  private static Value folded(String text, String unit) {
    String note = String.format(Locale.ROOT, "%,d %s", text.length(), unit);
    String body = text;
    if (text.length() > LONGEST_TEXT) {
      body = Labels.clip(text, LONGEST_TEXT);
      note += String.format(Locale.ROOT, ", only the first %,d are shown here", LONGEST_TEXT);
    }
    String head = Labels.clip(text.lines().findFirst().orElse(""), HEAD);
    return new Value.Folded(head, body, note);
  }

  private static Value json(JsonNode node) {
    RawJson raw = RawJson.compact(node, LONGEST_TEXT);
    String note = raw.cut() ? "deeply nested, only its beginning is shown here" : "deeply nested";
    return new Value.Folded(Labels.clip(raw.text(), HEAD), raw.text(), note);
  }

  private static boolean plainList(JsonNode array) {
    return array.size() <= MOST_ITEMS && stream(array).allMatch(PayloadValues::cell);
  }

  private static Value list(JsonNode array) {
    List<String> items = stream(array).map(PayloadValues::plain).toList();
    String joined = String.join(", ", items);
    boolean clear =
        items.stream().noneMatch(i -> i.isBlank() || i.contains(",") || i.contains("\n"));
    return clear && joined.length() <= LONGEST_CELL
        ? new Value.Text(joined)
        : new Value.Items(items);
  }

  private static boolean grid(JsonNode array) {
    if (array.size() > MOST_ITEMS || !stream(array).allMatch(JsonNode::isObject)) {
      return false;
    }
    Set<String> columns = columns(array);
    return columns.size() <= MOST_COLUMNS
        && !columns.isEmpty()
        && stream(array).allMatch(o -> stream(o).allMatch(PayloadValues::cell));
  }

  private static Set<String> columns(JsonNode array) {
    Set<String> columns = new LinkedHashSet<>();
    for (JsonNode object : array) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        columns.add(field.getKey());
        if (columns.size() > MOST_COLUMNS) {
          return columns;
        }
      }
    }
    return columns;
  }

  private static Value gridOf(JsonNode array) {
    Set<String> columns = columns(array);
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode object : array) {
      rows.add(columns.stream().map(c -> plain(object.path(c))).toList());
    }
    return new Value.Grid(columns.stream().map(Labels::of).toList(), rows);
  }

  /** A range or a move reads as one: exactly a from and a to, both plain. */
  private static boolean move(JsonNode object) {
    return object.size() == 2 && cell(object.path("from")) && cell(object.path("to"));
  }

  private static boolean cell(JsonNode node) {
    return node.isValueNode() && node.asText().length() <= LONGEST_CELL;
  }

  /** A plain value as words. */
  static String plain(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue() ? "yes" : "no";
    }
    return node.isNull() ? "none" : node.asText();
  }

  private static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  /** Roughly how many characters a value puts on the page. */
  static int size(Value value) {
    return switch (value) {
      case Value.Text t -> t.text().length();
      case Value.Digits n -> n.text().length();
      case Value.Remark r -> r.text().length();
      case Value.Link l -> 2 * l.url().length();
      case Value.Folded f -> f.head().length() + f.body().length();
      case Value.Items i -> i.items().stream().mapToInt(s -> s.length() + 10).sum();
      case Value.Grid g ->
          g.rows().stream().flatMap(List::stream).mapToInt(s -> s.length() + 10).sum();
      case Value.Change c -> c.lines().stream().mapToInt(l -> l.text().length() + 30).sum();
      case Value.Move m -> m.from().length() + m.to().length();
      case Value.Group g -> 0;
    };
  }
}
