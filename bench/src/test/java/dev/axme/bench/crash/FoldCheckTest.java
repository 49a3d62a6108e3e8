package dev.axme.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.load.HttpLoop;
import dev.axme.bench.process.Launch;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.Up;
import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.Author;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        .allMatch(f -> f.startsWith("In intents, expected"));
  }

  @Test
  void anAppendBeyondTheHeadIsFound() throws Exception {
    assertThat(afterwards("UPDATE heads SET position = 1")).isNotEmpty();
  }

  @Test
  void aSecondPickUpIsFoundUnlessItWasHandedOverBetween() {
    var id = IntentId.of("01a20dfb-d220-7f4f-9108-755508d1b3b1");
    var delivered = new IntentEvent.Delivered(id, 1);
    var taken = new IntentEvent.PickedUp(id);
    var next = Mailbox.here(new Address("agent://org/main/bert"));
    var passedOn = new IntentEvent.Transferred(id, 2, next, next);

    assertThat(FoldCheck.pickUps(log(delivered, taken, passedOn, taken))).isEmpty();
    assertThat(FoldCheck.pickUps(log(delivered, taken, taken)))
        .containsExactly("Picked up twice: " + id + " in append 3");
  }

  private static List<Append> log(IntentEvent... events) {
    var log = new ArrayList<Append>();
    for (IntentEvent event : events) {
      log.add(new Append(log.size() + 1, Instant.EPOCH, Author.CORE, List.of(event)));
    }
    return log;
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
