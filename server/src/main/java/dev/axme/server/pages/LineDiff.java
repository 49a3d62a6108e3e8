package dev.axme.server.pages;

import dev.axme.server.pages.Value.DiffLine;
import dev.axme.server.pages.Value.DiffLine.Kind;
import java.util.ArrayList;
import java.util.List;

/** The longest common subsequence of two short lists of lines, as a change. */
final class LineDiff {

  /** Beyond this many cells the whole middle counts as changed: true, only less helpful. */
  private static final int MOST_CELLS = 120_000;

  private final List<String> before;
  private final List<String> after;
  private final List<DiffLine> out = new ArrayList<>();

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  static List<DiffLine> of(List<String> before, List<String> after) {
    LineDiff diff = new LineDiff(before, after);
    diff.run();
    return diff.out;
  }

  private void run() {
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start && fromEnd(before, end).equals(fromEnd(after, end))) {
      end++;
    }
    before.subList(0, start).forEach(line -> add(Kind.SAME, line));
    List<String> gone = before.subList(start, before.size() - end);
    List<String> fresh = after.subList(start, after.size() - end);
    if ((long) gone.size() * fresh.size() > MOST_CELLS) {
      gone.forEach(line -> add(Kind.GONE, line));
      fresh.forEach(line -> add(Kind.NEW, line));
    } else {
      middle(gone, fresh);
    }
    before.subList(before.size() - end, before.size()).forEach(line -> add(Kind.SAME, line));
  }

  private static String fromEnd(List<String> lines, int back) {
    return lines.get(lines.size() - 1 - back);
  }

  private void middle(List<String> gone, List<String> fresh) {
    int[][] common = common(gone, fresh);
    int i = 0;
    int j = 0;
    while (i < gone.size() || j < fresh.size()) {
      if (i < gone.size() && j < fresh.size() && gone.get(i).equals(fresh.get(j))) {
        add(Kind.SAME, gone.get(i++));
        j++;
      } else if (j == fresh.size() || (i < gone.size() && common[i + 1][j] >= common[i][j + 1])) {
        add(Kind.GONE, gone.get(i++));
      } else {
        add(Kind.NEW, fresh.get(j++));
      }
    }
  }

  private static int[][] common(List<String> gone, List<String> fresh) {
    int[][] common = new int[gone.size() + 1][fresh.size() + 1];
    for (int i = gone.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        common[i][j] =
            gone.get(i).equals(fresh.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private void add(Kind kind, String line) {
    out.add(new DiffLine(kind, line));
  }
}
