package dev.axme.engine;

import static dev.axme.engine.Fixtures.heavy;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Blob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueBoundsTest {
  private static final int MEBIBYTE = 1 << 20;

  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aCommandBeyondTheBoundInCommandsIsToldToComeAgain() {
    try (Node node = Node.sqlite(directory, clock)) {
      List<Told> taken = new ArrayList<>();
      for (int i = 0; i < Inbox.MAX_COMMANDS; i++) {
        taken.add(node.submit(send(Ref.fresh())));
      }

      Told beyond = node.submit(send(Ref.fresh()));

      assertThat(beyond.answer(Answer.Unavailable.class).retryAfter()).isPositive();
      assertThat(node.engine().waiting()).isEqualTo(Inbox.MAX_COMMANDS);
      assertThat(taken).allMatch(Told::waiting);
      node.start();
      taken.forEach(Told::accepted);
      node.accepted(send(Ref.fresh()));
      assertThat(node.engine().waiting()).isZero();
    }
  }

  @Test
  void aCommandBeyondTheBoundInBytesIsToldToComeAgain() {
    // All share one array, so that the test does not need the memory that it pretends to fill.
    Blob blob = Blob.of(new byte[MEBIBYTE]);
    Inbox inbox = new Inbox();
    int taken = 0;
    while (inbox.offer(pending(heavy(send(Ref.fresh()), blob)))) {
      taken++;
    }

    assertThat((long) taken * MEBIBYTE).isBetween(Inbox.MAX_BYTES - MEBIBYTE, Inbox.MAX_BYTES);
    assertThat(inbox.offer(pending(send(Ref.fresh())))).isFalse();
  }

  @Test
  void whatIsTakenOutMakesRoomAgain() throws InterruptedException {
    Blob blob = Blob.of(new byte[MEBIBYTE]);
    Inbox inbox = new Inbox();
    while (inbox.offer(pending(heavy(send(Ref.fresh()), blob)))) {}

    List<Pending> batch = inbox.take(0);

    assertThat(batch).hasSizeBetween(1, (int) (Inbox.BATCH_BYTES / MEBIBYTE));
    assertThat(inbox.offer(pending(send(Ref.fresh())))).isTrue();
  }

  @Test
  void commandsThatWaitForABusyRootCountToo() {
    Inbox inbox = new Inbox();

    inbox.aside(Inbox.MAX_COMMANDS, 0);
    assertThat(inbox.offer(pending(send(Ref.fresh())))).isFalse();
    inbox.aside(0, Inbox.MAX_BYTES);
    assertThat(inbox.offer(pending(send(Ref.fresh())))).isFalse();
    inbox.aside(0, 0);
    assertThat(inbox.offer(pending(send(Ref.fresh())))).isTrue();
  }

  private static Pending pending(Submission submission) {
    return new Pending(submission, new Told(), 0, System.nanoTime());
  }
}
