package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits is counted over all workspaces, by how long it waits. */
interface WaitingContract extends StoreFixture {
  @Test
  default void openTasksAreCountedByAge() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant asked = scribe().accept(Order.ask(workspace, intent, Samples.approval())).append().at();
    List<Instant> times = new ArrayList<>(List.of(asked));
    Waiting.AGES.forEach(age -> times.add(asked.plus(age).plusMillis(1)));

    List<Waiting> open = times.stream().map(store()::waiting).toList();
    scribe().accept(Order.answer(workspace, intent, Samples.OWNER, "approved"));
    List<Waiting> ended = times.stream().map(store()::waiting).toList();

    for (int i = 0; i < times.size(); i++) {
      for (int age = 0; age < times.size(); age++) {
        long more = open.get(i).openTasks().get(age) - ended.get(i).openTasks().get(age);
        assertThat(more).as("age %d after %s", age, times.get(i)).isEqualTo(i == age ? 1 : 0);
      }
    }
  }

  @Test
  default void timersThatAreDueAndDoNotFireAreCounted() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Duration longAgo = Duration.ofNanos(1_000);
    DeadlineRule soon = new DeadlineRule.In(longAgo);
    Instant due =
        scribe()
            .accept(Order.create(workspace, intent, Samples.request(), soon))
            .append()
            .at()
            .plus(longAgo);

    Waiting before = store().waiting(due.minus(longAgo));
    Waiting after = store().waiting(due);

    assertThat(after.overdueTimers()).isEqualTo(before.overdueTimers() + 1);
    assertThat(after.oldestTimer().orElseThrow()).isBeforeOrEqualTo(due);
  }
}
