package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Agents' mailboxes and the list of tasks as the effects of a log write them: what a store does,
 * without a store.
 */
final class Views {
  private final Map<IntentId, Mailbox> work = new LinkedHashMap<>();
  private final Map<TaskId, TaskRow> tasks = new LinkedHashMap<>();

  /** What the list of tasks shows: as it was when it was shown last. */
  private record TaskRow(
      boolean open, List<Assignee> assignees, Optional<Decision> decision, Optional<Instant> due) {
    static TaskRow of(Intent intent, HumanTask task) {
      boolean open = intent.openTask().filter(t -> t.id().equals(task.id())).isPresent();
      Optional<Instant> due = open ? intent.due() : Optional.empty();
      return new TaskRow(open, task.assignees(), task.decision(), due);
    }
  }

  /** Does what follows from {@code append}, which led to {@code after}. */
  void apply(Append append, Root after) {
    for (IntentEvent event : append.events()) {
      Intent intent = after.intent(event.intent()).orElseThrow();
      for (Effect effect : Effects.of(event, intent, append.at())) {
        switch (effect) {
          case Effect.Deliver e -> {
            if (e.mail() == Effect.Mail.WORK) {
              work.put(e.intent(), e.to());
            }
          }
          case Effect.CloseDelivery e -> work.remove(e.intent());
          case Effect.ShowTask e ->
              tasks.put(e.task(), TaskRow.of(intent, intent.task(e.task()).orElseThrow()));
          case Effect.ShowIntent _, Effect.Tell _, Effect.SetTimer _, Effect.ClearTimer _ -> {}
        }
      }
    }
  }

  /** An agent has exactly what is open for it, and people see every question as it stands. */
  void agree(Root root) {
    Map<IntentId, Mailbox> open = new LinkedHashMap<>();
    for (Intent intent : root.intents().values()) {
      boolean agents = intent.run().isEmpty() && intent.lastTask().isEmpty();
      if (agents && !intent.phase().status().terminal()) {
        open.put(intent.id(), intent.delivery().to());
      }
      for (HumanTask task : asked(intent)) {
        TaskRow row = Objects.requireNonNull(tasks.get(task.id()), "the task is in the list");
        assertThat(row).as("row of %s", task).isEqualTo(TaskRow.of(intent, task));
      }
    }
    assertThat(work).as("mailboxes").containsExactlyInAnyOrderEntriesOf(open);
  }

  private static List<HumanTask> asked(Intent intent) {
    List<HumanTask> all = new ArrayList<>();
    intent.run().ifPresent(run -> all.addAll(run.tasks().values()));
    intent.lastTask().filter(t -> !all.contains(t)).ifPresent(all::add);
    return all;
  }
}
