package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.Value.DiffLine;
import dev.axme.server.pages.Value.DiffLine.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds changes in a payload and lays them out line by line. */
final class Diff {

  private static final int MOST_LINES = 300;
  private static final int MOST_COMPARED = 2000;
  private static final int LONGEST_LINE = 2000;
  private static final int CONTEXT = 2;
  private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

  private Diff() {}

  /** Whether an object says what something was and what it will be. */
  static boolean changed(JsonNode object) {
    return (object.has("before") && object.has("after"))
        || (object.has("old") && object.has("new"))
        || (object.size() == 2 && object.path("from").isObject() && object.path("to").isObject());
  }

  /** Whether a key of a changed object is one of its two sides. */
  static boolean side(JsonNode object, String key) {
    return key.equals(sides(object)[0]) || key.equals(sides(object)[1]);
  }

  private static String[] sides(JsonNode object) {
    if (object.has("before") && object.has("after")) {
      return new String[] {"before", "after"};
    }
    return object.has("old") && object.has("new")
        ? new String[] {"old", "new"}
        : new String[] {"from", "to"};
  }

  /** The change that an object tells. */
  static Value of(JsonNode object) {
    String[] sides = sides(object);
    List<String> before = lines(object.path(sides[0]));
    List<String> after = lines(object.path(sides[1]));
    boolean all = before.size() <= MOST_COMPARED && after.size() <= MOST_COMPARED;
    if (all && before.equals(after)) {
      return new Value.Remark("no difference between " + sides[0] + " and " + sides[1]);
    }
    List<DiffLine> change = shortened(LineDiff.of(first(before), first(after)));
    if (!all) {
      change.add(
          new DiffLine(Kind.NOTE, "Longer than can be compared here: the rest is not shown"));
    }
    return new Value.Change(change);
  }

  private static List<String> first(List<String> lines) {
    return lines.subList(0, Math.min(lines.size(), MOST_COMPARED));
  }

  private static List<String> lines(JsonNode side) {
    List<String> lines = new ArrayList<>();
    if (side.isContainerNode() && !side.isEmpty()) {
      flatten("", side, lines, 0);
    } else if (side.isContainerNode()) {
      lines.add(side.isArray() ? "empty list" : "nothing inside");
    } else {
      for (String line : LINE_END.split(PayloadValues.plain(side), MOST_COMPARED + 1)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static void flatten(String path, JsonNode node, List<String> lines, int depth) {
    if (lines.size() > MOST_COMPARED) {
      return;
    }
    if (!node.isContainerNode() || node.isEmpty() || depth > 20) {
      String text =
          node.isContainerNode()
              ? RawJson.compact(node, LONGEST_LINE).text()
              : PayloadValues.plain(node);
      lines.add(path + ": " + text.replace("\n", "\\n"));
      return;
    }
    int index = 0;
    if (node.isArray()) {
      for (JsonNode item : node) {
        flatten(path + "[" + ++index + "]", item, lines, depth + 1);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = Labels.clip(field.getKey(), 100);
      flatten(path.isEmpty() ? name : path + "." + name, field.getValue(), lines, depth + 1);
    }
  }

  /** Long unchanged runs, long lines and a long rest become notes that say so. */
  private static List<DiffLine> shortened(List<DiffLine> all) {
    List<DiffLine> out = new ArrayList<>();
    int at = 0;
    while (at < all.size()) {
      int run = at;
      while (run < all.size() && all.get(run).kind() == Kind.SAME) {
        run++;
      }
      int head = at == 0 ? 0 : CONTEXT;
      int tail = run == all.size() ? 0 : CONTEXT;
      if (run - at > head + tail + 1) {
        out.addAll(all.subList(at, at + head));
        out.add(note(run - at - head - tail, "unchanged line"));
        at = run - tail;
      }
      run = Math.max(run, Math.min(at + 1, all.size()));
      out.addAll(all.subList(at, run));
      at = run;
    }
    return capped(out);
  }

  private static List<DiffLine> capped(List<DiffLine> all) {
    List<DiffLine> out = new ArrayList<>();
    all.subList(0, Math.min(all.size(), MOST_LINES)).forEach(line -> out.add(cut(line)));
    if (all.size() > MOST_LINES) {
      out.add(note(all.size() - MOST_LINES, "more line"));
    }
    return out;
  }

  private static DiffLine note(int count, String what) {
    String text =
        String.format(Locale.ROOT, "%,d %s%s not shown", count, what, count == 1 ? "" : "s");
    return new DiffLine(Kind.NOTE, text);
  }

  private static DiffLine cut(DiffLine line) {
    return new DiffLine(line.kind(), Labels.clip(line.text(), LONGEST_LINE));
  }

  /** Whether a text is a patch, by its key and its look. */
  static boolean unified(String key, String text) {
    String name = key.toLowerCase(Locale.ROOT);
    boolean named = name.endsWith("diff") || name.endsWith("patch");
    return named
        && (text.startsWith("@@")
            || text.contains("\n@@")
            || text.startsWith("--- ")
            || text.startsWith("diff "));
  }

  /** A patch as it is, with colours. */
  static Value ofUnified(String text) {
    return new Value.Change(capped(LINE_END.splitAsStream(text).map(Diff::patchLine).toList()));
  }

  private static DiffLine patchLine(String line) {
    if (line.startsWith("+++")
        || line.startsWith("---")
        || line.startsWith("@@")
        || line.startsWith("diff ")) {
      return new DiffLine(Kind.NOTE, line);
    }
    if (line.startsWith("+") || line.startsWith("-")) {
      return new DiffLine(line.startsWith("+") ? Kind.NEW : Kind.GONE, line.substring(1));
    }
    return new DiffLine(Kind.SAME, line.startsWith(" ") ? line.substring(1) : line);
  }
}
