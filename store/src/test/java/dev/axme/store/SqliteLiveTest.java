package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.sqlite.SqliteStore;
import dev.axme.store.verify.PlainSql;
import dev.axme.store.verify.StoreVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file in use: read while it is written, copied, closed, opened again, refused. */
@Timeout(60)
class SqliteLiveTest {
  @TempDir private Path directory;
  private Path file;
  private SqliteStore store;
  private final WorkspaceId workspace = Samples.workspace();

  @BeforeEach
  void open() {
    file = directory.resolve("axme.db");
    store = SqliteStore.open(file, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
    assertThat(StoreVerifier.sqlite(file)).isEmpty();
  }

  private static long head(Store store, WorkspaceId workspace) {
    return Objects.requireNonNull(store.heads(List.of(workspace)).get(workspace));
  }

  @Test
  void readersGoOnWhileAWriteIsGoingAndSeeTheStateBeforeIt() {
    new Scribe(store).accept(Order.create(workspace, Samples.intent()));
    List<Integer> listed = new ArrayList<>();
    Runnable meanwhile = () -> listed.add(store.intents(workspace, ListContract.ALL).rows().size());

    new Scribe(store, meanwhile).accept(Order.create(workspace, Samples.intent()));

    assertThat(listed).containsExactly(1);
    assertThat(store.intents(workspace, ListContract.ALL).rows()).hasSize(2);
  }

  @Test
  void aBackupOfALiveStoreIsAStoreOfOneMoment() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch going = new CountDownLatch(20);
    Path copy = directory.resolve("copy.db");
    long before;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writer = threads.submit(() -> write(enough, going));
      going.await();
      before = head(store, workspace);
      store.backup(copy);
      enough.set(true);
      assertThat(writer.get()).isPositive();
    }

    assertThat(StoreVerifier.sqlite(copy)).isEmpty();
    try (Store restored = SqliteStore.open(copy, InstantSource.system())) {
      assertThat(head(restored, workspace)).isBetween(before, head(store, workspace));
      new Scribe(restored).accept(Order.create(workspace, Samples.intent()));
    }
  }

  private int write(AtomicBoolean enough, CountDownLatch going) {
    Scribe scribe = new Scribe(store);
    int batches = 0;
    while (!enough.get()) {
      IntentId intent = Samples.intent();
      scribe.batch(
          Order.ask(workspace, intent, Samples.approval()),
          Order.answer(workspace, intent, Samples.ALICE, "approved"));
      batches++;
      going.countDown();
    }
    return batches;
  }

  @Test
  void aBackupNeverReplacesAFile() throws IOException {
    Path taken = Files.writeString(directory.resolve("taken.db"), "precious");

    assertThatThrownBy(() -> store.backup(taken)).isInstanceOf(StoreException.class);

    assertThat(taken).hasContent("precious");
  }

  @Test
  void whatWasWrittenIsThereAfterOpeningAgain() {
    List<Scribe.Answer.Accepted> story = new Stories(store, workspace).handedOverAndDone();
    store.close();

    store = SqliteStore.open(file, InstantSource.system());

    assertThat(store.log(workspace, story.getLast().after().id()))
        .isEqualTo(story.stream().map(Scribe.Answer.Accepted::append).toList());
  }

  @Test
  void theStoresTimeIsTheClocksInMicroseconds() {
    Path other = directory.resolve("other.db");
    Instant instant = Instant.parse("2027-01-04T12:00:00.123456789Z");

    try (Store fixed = SqliteStore.open(other, InstantSource.fixed(instant))) {
      assertThat(fixed.now()).isEqualTo(instant.minus(Duration.ofNanos(789)));
    }
  }

  @Test
  void aSchemaThatANewerProgramWroteIsRefused() {
    store.close();
    try (PlainSql sql = PlainSql.open("jdbc:sqlite:" + file)) {
      sql.run(PostgresOpenTest.NEWER, 1);
    }

    assertThatThrownBy(() -> SqliteStore.open(file, InstantSource.system()))
        .isInstanceOf(Schema.SchemaTooNewException.class)
        .hasMessageContaining("99");

    try (PlainSql sql = PlainSql.open("jdbc:sqlite:" + file)) {
      sql.run("DELETE FROM flyway_schema_history WHERE version = '99'");
    }
  }

  @Test
  void aFileThatIsNoStoreIsRefused() throws IOException {
    Path other = Files.writeString(directory.resolve("letter.txt"), "Dear Sir, ".repeat(500));

    assertThatThrownBy(() -> SqliteStore.open(other, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("letter.txt");
  }
}
