package dev.axme.engine;

import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CloseTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void closingCommitsWhatWaitsAndTellsEverybody() {
    List<Ref> refs = new ArrayList<>();
    List<Told> all = new ArrayList<>();
    try (Node node = Node.sqlite(directory, clock)) {
      for (int i = 0; i < 2_000; i++) {
        refs.add(Ref.fresh());
        all.add(node.submit(send(refs.getLast())));
      }
      node.start();
    }

    assertThat(all).noneMatch(Told::waiting);
    assertThat(all).allMatch(t -> t.answer() instanceof Answer.Accepted && t.times() == 1);
    try (Node again = Node.sqlite(directory, clock)) {
      assertThat(again.store().heads(List.of(Fixtures.WORKSPACE)))
          .containsEntry(Fixtures.WORKSPACE, 2_000L);
      assertThat(again.log(refs.getLast())).hasSize(1);
    }
  }

  @Test
  void whatComesAfterClosingIsToldToComeAgain() {
    try (SqliteStore store = SqliteStore.open(directory.resolve("axme.db"), clock)) {
      Engine engine = new Engine(store);
      engine.start();
      engine.close();
      Told late = new Told();

      engine.submit(send(Ref.fresh()), late);

      late.answer(Answer.Unavailable.class);
    }
  }

  @Test
  void closingEndsAllLoops() {
    List<String> before = loops();
    try (SqliteStore store = SqliteStore.open(directory.resolve("axme.db"), clock)) {
      Engine engine = new Engine(store);
      engine.start();
      assertThat(loops()).contains("axme-commit", "axme-timers", "axme-feeds");

      engine.close();

      assertThat(loops()).isEqualTo(before);
    }
  }

  private static List<String> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("axme-(commit|timers|feeds)"))
        .sorted()
        .toList();
  }
}
