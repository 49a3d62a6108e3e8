package dev.axme.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Commands whose root another node holds: a queue a root, in the order in which they came, which
 * later commands of that root join. Used by the committer's thread alone.
 */
final class BusyRoots {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final class Line {
    final Deque<Pending> waiting = new ArrayDeque<>();
    long retryAt;
  }

  private final Map<Pending.Home, Line> lines = new LinkedHashMap<>();
  private final long giveUpNanos;

  BusyRoots(Duration patience) {
    this.giveUpNanos = patience.toNanos();
  }

  int size() {
    return lines.values().stream().mapToInt(l -> l.waiting.size()).sum();
  }

  /** About how much memory they hold. */
  long bytes() {
    return lines.values().stream().flatMap(l -> l.waiting.stream()).mapToLong(p -> p.bytes()).sum();
  }

  /** Takes the commands whose time to try again has come; they stay in line until settled. */
  List<Pending> due(long now) {
    List<Pending> due = new ArrayList<>();
    for (Line line : lines.values()) {
      if (now - line.retryAt >= 0) {
        due.addAll(line.waiting);
      }
    }
    return due;
  }

  /** What of {@code fresh} may go now; the rest lines up behind a root that is busy. */
  List<Pending> join(List<Pending> fresh) {
    if (lines.isEmpty()) {
      return fresh;
    }
    List<Pending> free = new ArrayList<>();
    for (Pending pending : fresh) {
      Line line = lines.get(pending.home());
      if (line == null) {
        free.add(pending);
      } else {
        line.waiting.add(pending);
      }
    }
    return free;
  }

  void park(List<Pending> busy, long now) {
    for (Pending pending : busy) {
      Line line = lines.computeIfAbsent(pending.home(), _ -> new Line());
      if (!line.waiting.contains(pending)) {
        line.waiting.add(pending);
      }
      line.retryAt = now + RETRY_NANOS;
    }
  }

  void settled(Pending pending) {
    Line line = lines.get(pending.home());
    if (line != null) {
      line.waiting.remove(pending);
      if (line.waiting.isEmpty()) {
        lines.remove(pending.home());
      }
    }
  }

  /** Removes and answers the commands that waited too long. */
  List<Pending> expired(long now) {
    List<Pending> expired = new ArrayList<>();
    for (Line line : lines.values()) {
      for (Iterator<Pending> i = line.waiting.iterator(); i.hasNext(); ) {
        Pending pending = i.next();
        if (now - pending.submittedNanos() > giveUpNanos) {
          expired.add(pending);
          i.remove();
        }
      }
    }
    lines.values().removeIf(l -> l.waiting.isEmpty());
    return expired;
  }

  /** How long the committer may sleep. */
  long waitMillis(long idle, List<Pending> due) {
    if (!due.isEmpty()) {
      return 0;
    }
    return lines.isEmpty() ? idle : 1;
  }
}
