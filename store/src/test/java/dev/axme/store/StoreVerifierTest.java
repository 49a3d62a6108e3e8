package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.sqlite.SqliteStore;
import dev.axme.store.verify.PlainSql;
import dev.axme.store.verify.StoreVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verifier is content with what a store writes, and notices every kind of spoilt row. */
class StoreVerifierTest {
  @TempDir static Path directory;
  private static Path sound;

  @BeforeAll
  static void write() {
    sound = directory.resolve("sound.db");
    WorkspaceId workspace = Samples.workspace();
    try (Store store = SqliteStore.open(sound, InstantSource.system())) {
      new Stories(store, workspace).all();
      Scribe scribe = new Scribe(store);
      IntentId held = Samples.intent();
      scribe.accept(Order.create(workspace, held));
      scribe.accept(Order.controls(workspace, held, new DeadlineRule.In(Duration.ofDays(4))));
      scribe.accept(Order.handOver(workspace, held, Samples.SECOND.address()));
    }
  }

  @Test
  void aSoundStoreHasNoDifferences() {
    assertThat(StoreVerifier.sqlite(sound)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE intents SET status = 'FAILED' WHERE status = 'COMPLETED' | In intents, expected",
        "UPDATE intents SET is_open = 0 WHERE is_open = 1 | In intents, expected",
        "UPDATE intents SET updated_at = updated_at + 1 | In intents, expected",
        "UPDATE intents SET to_agent = 'somebody' | In intents, expected",
        "UPDATE intents SET root_id = zeroblob(16) | In intents, expected",
        "UPDATE intents SET parent_id = NULL WHERE parent_id IS NOT NULL | In intents, expected",
        "DELETE FROM intents WHERE is_open = 1 | but found no row",
        "UPDATE tasks SET outcome = 'approved' WHERE outcome = 'rejected' | In tasks, expected",
        "UPDATE tasks SET decided_by = NULL | In tasks, expected",
        "UPDATE tasks SET is_open = 1 - is_open | In tasks, expected",
        "UPDATE tasks SET due_at = due_at + 1 WHERE due_at IS NOT NULL | In tasks, expected",
        "UPDATE tasks SET assignees = '[]' | In tasks, expected",
        "UPDATE tasks SET updated_at = 5 WHERE is_open = 0 | In tasks, expected",
        "DELETE FROM tasks | In tasks, expected",
        "UPDATE timers SET due_at = due_at + 1 | In timers, expected",
        "UPDATE timers SET kind = 'ESCALATION' WHERE kind = 'REMINDER' | In timers, expected no",
        "UPDATE timers SET kind = 'REMINDER' WHERE kind = 'WAKE' | In timers, expected no",
        "UPDATE timers SET kind = 'ESCALATION' WHERE kind = 'STEP' | In timers, expected no",
        "DELETE FROM timers | but found no row",
        "UPDATE deliveries SET is_open = 1 | to be closed",
        "UPDATE deliveries SET is_open = 0 | to be open",
        "DELETE FROM deliveries WHERE is_open = 1 | Expected a delivery",
        "UPDATE deliveries SET position = position + 100 | Expected no delivery",
        "UPDATE heads SET position = position - 1 | but the head is",
        "UPDATE roots SET is_open = 1 - is_open | has is_open",
        "UPDATE roots SET version = version + 1 | but has no append",
        "DELETE FROM roots | roots has no row for it",
        "DELETE FROM log WHERE append_no = 1 | but has no append 1",
        "UPDATE log SET append_no = append_no + 50 WHERE append_no = 2 | but has no append 2",
        "UPDATE log SET at = at - 1000000000 WHERE append_no = 2 | time runs backwards",
        "UPDATE log SET events = '[]' WHERE append_no = 1 | does not fold",
        "UPDATE log SET events = replace(events, '\"seq\":3', '\"seq\":8') | does not fold",
        "UPDATE log SET events = '{' | does not fold",
        "UPDATE payloads SET body = x'00' | has other bytes than its digest says",
        "DELETE FROM payloads | which is not stored"
      })
  void aSpoiltRowIsNoticed(String spoil, String difference) throws Exception {
    Path file = directory.resolve("spoilt.db");
    Files.deleteIfExists(file);
    try (SqliteStore store = SqliteStore.open(sound, InstantSource.system())) {
      store.backup(file);
    }
    try (PlainSql sql = PlainSql.open("jdbc:sqlite:" + file)) {
      assertThat(sql.run(spoil)).as("rows that were spoilt").isPositive();
    }

    List<String> differences = StoreVerifier.sqlite(file);

    assertThat(differences).anyMatch(d -> d.contains(difference));
  }
}
