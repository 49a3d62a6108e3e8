package dev.axme.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.load.HttpLoop;
import dev.axme.bench.process.Launch;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.Up;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that finds nothing must be one that would find something. */
final class FoldCheckTest {
  private static final int INTENTS = 10;

  @TempDir private static Path written;

  @TempDir private Path copy;

  /** Lets a real server fill a store: some decided, some waiting. */
  @BeforeAll
  static void fill() throws Exception {
    try (var server = ServerProcess.start(Launch.sqlite(written.resolve("data")))) {
      Up up = server.awaitUp();
      List<String> ids = Creates.make(up.baseUrl(), up.agentKey(), INTENTS);
      var decides = new Decides(up.baseUrl(), up.loginKey(), ids.subList(0, INTENTS / 2));
      Duration limit = Duration.ofMinutes(1);
      HttpLoop.run(up.baseUrl(), 1, decides, limit, limit, (passed, answers) -> {});
      server.stop();
    }
  }

  @Test
  void aStoreAsTheServerLeftItAgreesWithItself() throws Exception {
    assertThat(afterwards("UPDATE heads SET position = position")).isEmpty();
  }

  @Test
  void aViewOfAnotherStatusIsFound() throws Exception {
    assertThat(afterwards("UPDATE intents SET status = 'FAILED' WHERE is_open = 0"))
        .hasSize(INTENTS / 2)
        .allMatch(f -> f.startsWith("The view of an intent is wrong"));
  }

  @Test
  void aTaskThatIsMissingIsFound() throws Exception {
    assertThat(afterwards("DELETE FROM tasks WHERE is_open = 1"))
        .hasSize(INTENTS - INTENTS / 2)
        .allMatch(f -> f.startsWith("The view of tasks lacks one"));
  }

  @Test
  void aTimerThatNobodySetIsFound() throws Exception {
    assertThat(
            afterwards(
                """
                INSERT INTO timers (workspace_id, root_id, intent_id, kind, due_at)
                SELECT workspace_id, root_id, intent_id, 'DEADLINE', 1 FROM intents LIMIT 1
                """))
        .singleElement()
        .asString()
        .startsWith("Timers");
  }

  @Test
  void aPayloadThatIsMissingIsFound() throws Exception {
    assertThat(afterwards("DELETE FROM payloads"))
        .hasSize(INTENTS)
        .allMatch(f -> f.startsWith("The payload is missing"));
  }

  @Test
  void anAppendBeyondTheHeadIsFound() throws Exception {
    assertThat(afterwards("UPDATE heads SET position = 1")).isNotEmpty();
  }

  private List<String> afterwards(String change) throws Exception {
    Path data = copy.resolve("data");
    Files.createDirectories(data);
    try (Stream<Path> files = Files.list(written.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, data.resolve(file.getFileName()));
      }
    }
    var launch = Launch.sqlite(data);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.file(data));
        var statement = connection.createStatement()) {
      statement.execute(change);
    }
    return FoldCheck.of(launch).disagreements();
  }
}
