package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.IntentEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the server knows of the task and of its approval.
 *
 * @param task the events of the agent's task
 * @param approval the events of the approval that it asked for
 */
record DemoTimeline(List<IntentEvent> task, List<IntentEvent> approval) {

  static DemoTimeline of(AxmeClient client, UUID task, UUID approval) {
    DemoTimeline timeline = new DemoTimeline(client.events(task, 0), client.events(approval, 0));
    withoutGap(timeline.task());
    withoutGap(timeline.approval());
    return timeline;
  }

  int size() {
    return task.size() + approval.size();
  }

  /** Whether this is the other one, or how that went on. */
  boolean continues(DemoTimeline earlier) {
    return begins(task, earlier.task) && begins(approval, earlier.approval);
  }

  /** Prints all of it in the order in which it happened; {@code earlier} is what a kill met. */
  void print(Narration narration, DemoTimeline earlier, Ink ink) {
    List<IntentEvent> before =
        Stream.concat(earlier.task.stream(), earlier.approval.stream()).toList();
    List<IntentEvent> all = new ArrayList<>(task);
    all.addAll(approval);
    all.sort(Comparator.comparing(IntentEvent::at));
    boolean killed = false;
    for (IntentEvent event : all) {
      if (!killed && !before.contains(event)) {
        narration.line(ink.faint("          (both killed and restarted here)"));
        killed = true;
      }
      String mark = task.contains(event) ? "task    " : "approval";
      narration.line(EventLine.of(event, ink.faint(mark), ink));
    }
    narration.line("");
  }

  private static boolean begins(List<IntentEvent> whole, List<IntentEvent> part) {
    return whole.size() >= part.size() && whole.subList(0, part.size()).equals(part);
  }

  private static void withoutGap(List<IntentEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      Narration.check(events.get(i).seq() == i + 1, "events without a gap", events.get(i).raw());
    }
  }
}
