package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.PayloadTable.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a payload once and makes its rows, until a budget of rows and characters is used up. */
final class PayloadRows {

  /** Deeper than this, a value is shown as JSON. */
  static final int DEEPEST = 4;

  private final List<Row> rows = new ArrayList<>();
  private final PayloadValues values = new PayloadValues();
  private final PayloadTable.Room room;
  private long hidden;

  PayloadRows(PayloadTable.Room room) {
    this.room = room;
  }

  List<Row> rows() {
    return rows;
  }

  long hidden() {
    return hidden;
  }

  void root(JsonNode payload) {
    if (payload.isObject()) {
      fields(0, payload);
    } else if (!payload.isMissingNode() && !payload.isNull()) {
      row(0, "Value", "", payload);
    }
  }

  private void fields(int level, JsonNode object) {
    Set<String> labels = new HashSet<>();
    boolean change = Diff.changed(object);
    if (change) {
      place(new Row(level, "Change", "", Diff.of(object)), object);
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (change && Diff.side(object, field.getKey())) {
        continue;
      }
      if (full()) {
        hidden += leaves(field.getValue());
        continue;
      }
      String label = Labels.of(field.getKey());
      String unique = labels.add(label) ? label : Labels.clip(field.getKey(), 100);
      row(level, unique, field.getKey(), field.getValue());
    }
  }

  private void row(int level, String label, String key, JsonNode node) {
    if (full()) {
      hidden += leaves(node);
      return;
    }
    boolean group =
        node.isContainerNode()
            && !node.isEmpty()
            && level < DEEPEST
            && !values.fits(node)
            && !(Diff.changed(node) && node.size() == 2);
    if (!group) {
      Value value = Diff.changed(node) ? Diff.of(node) : values.of(key, node);
      place(new Row(level, label, Labels.clip(key, 200), value), node);
      return;
    }
    place(new Row(level, label, Labels.clip(key, 200), new Value.Group()), node);
    if (node.isObject()) {
      fields(level + 1, node);
      return;
    }
    int number = 0;
    for (JsonNode item : node) {
      row(level + 1, "Item " + ++number, "", item);
    }
  }

  private void place(Row row, JsonNode node) {
    int size = row.label().length() + PayloadValues.size(row.value());
    if (size > room.characters) {
      hidden += leaves(node);
      return;
    }
    room.characters -= size;
    room.rows--;
    rows.add(row);
  }

  private boolean full() {
    return room.rows <= 0 || room.characters <= 0;
  }

  /** How many plain values there are in a node; a loop, because a payload may be very deep. */
  static long leaves(JsonNode node) {
    long count = 0;
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(node);
    while (!open.isEmpty()) {
      JsonNode next = open.pop();
      if (next.isEmpty()) {
        count++;
      }
      next.forEach(open::push);
    }
    return count;
  }
}
