package dev.axme.engine;

import static dev.axme.engine.Fixtures.complete;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForgetTest {
  private static final int REQUESTS = 2_500;

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger forgotten = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(1);
  @TempDir Path directory;

  @Test
  void manyOldAnswersAreForgottenOneSliceAfterTheOther() throws InterruptedException {
    Ref open = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock, this::counted).start()) {
      List<Told> ended = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        Ref ref = Ref.fresh();
        node.submit(keyed(send(ref), "k" + i, "body"));
        ended.add(node.submit(complete(ref)));
      }
      ended.forEach(Told::accepted);
      node.accepted(keyed(send(open), "open", "body"));

      clock.move(Duration.ofDays(3));
      assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();

      node.accepted(keyed(send(Ref.fresh()), "k0", "another body"));
      assertThat(node.submit(keyed(send(Ref.fresh()), "open", "body")).answer())
          .isEqualTo(IdempotencyTest.remembered(open, 1));
    }
  }

  private Store counted(Store store) {
    return new FrontedStore(store) {
      @Override
      public int forgetRequests(Instant now, Duration after, int limit) {
        int gone = super.forgetRequests(now, after, limit);
        if (forgotten.addAndGet(gone) == REQUESTS) {
          all.countDown();
        }
        return gone;
      }
    };
  }
}
