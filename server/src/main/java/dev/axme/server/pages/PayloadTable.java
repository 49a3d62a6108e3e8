package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * A payload as rows of label and value, of bounded size whatever the payload is.
 *
 * <p>{@code hidden} counts the plain values that have no place in the rows: when it is not zero the
 * page must say so, because a person must not decide about what they believe to be everything.
 */
public record PayloadTable(List<Row> rows, long hidden, RawJson raw) {

  /**
   * One row. {@code level} is the depth of nesting, {@code key} the exact key behind the label.
   *
   * @param level 0 for the payload's own fields, at most {@link PayloadRows#DEEPEST}
   */
  public record Row(int level, String label, String key, Value value) {}

  public PayloadTable {
    rows = List.copyOf(rows);
  }

  /**
   * Lays out a payload. Numbers keep their digits if the parser kept them: see {@link
   * RawJson#mapper}.
   */
  public static PayloadTable of(JsonNode payload) {
    return of(payload, new Room());
  }

  /** Lays it out in what other values have left of the room. */
  static PayloadTable of(JsonNode payload, Room room) {
    PayloadRows rows = new PayloadRows(room);
    rows.root(payload);
    RawJson raw = RawJson.pretty(payload, room.raw);
    room.raw -= raw.text().length();
    return new PayloadTable(rows.rows(), rows.hidden(), raw);
  }

  /** How much a page can still show: one value, or several that share it. */
  static final class Room {
    int rows = 400;
    int characters = 128 * 1024;
    int raw = RawJson.LONGEST;
  }

  /** Whether there is nothing to show. */
  public boolean empty() {
    return rows.isEmpty() && hidden == 0;
  }

  /** Whether the page shows all of it, in the rows or as raw JSON. */
  public boolean whole() {
    return hidden == 0 && !raw.cut();
  }

  /** How many values are not in the table, in words. */
  public String hiddenWords() {
    return hidden == 1 ? "1 value is" : String.format(Locale.ROOT, "%,d values are", hidden);
  }
}
