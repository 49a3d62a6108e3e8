package dev.axme.bench.crash;

import dev.axme.bench.crash.AgentJournal.Entry;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One life of an agent, from its start to its end: it knows what its journal says and how far it
 * has read. Closing it cuts its connections, and what it knew is gone.
 */
final class AgentLife implements AutoCloseable {
  private static final int LONGEST_STREAM_SECONDS = 30;
  private static final long AWAY_NANOS = 10_000_000;

  private final Agent agent;
  private final Victim victim;
  private final Findings findings;
  private final Random random;
  private final Journal journal;
  private final List<Call> unanswered;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private long since;
  private boolean dead;

  AgentLife(Agent agent, Path file, Victim victim, Findings findings, Random random)
      throws IOException {
    this.agent = agent;
    this.victim = victim;
    this.findings = findings;
    this.random = random;
    this.journal = new Journal(file);
    this.unanswered = AgentJournal.read(agent, file).unanswered();
  }

  /** Sends again what the life before had begun to send. */
  void settle() throws IOException, InterruptedException {
    for (Call call : unanswered) {
      journal.write(Entry.of(victim.answer(call)));
    }
  }

  /** Whether it was killed. */
  boolean dead() {
    return dead;
  }

  /** Reads one connection to its end and finishes what comes; the line may be cut, or its life. */
  void work() throws InterruptedException {
    connect(5, random.nextInt(5) == 0 ? 1 + random.nextInt(1500) : Integer.MAX_VALUE, this::act);
  }

  /** Finishes everything that is there, without dying; says how much that was. */
  int finish() throws InterruptedException {
    return all(this::report);
  }

  /** Everything that waits, left where it is. */
  List<Delivery> look() throws InterruptedException {
    var found = new ArrayList<Delivery>();
    all(found::add);
    return found;
  }

  private interface Use {
    void of(Delivery delivery) throws IOException, InterruptedException;
  }

  private int all(Use use) throws InterruptedException {
    since = 0;
    int found = 0;
    for (int came = 1; came > 0; found += came) {
      came = connect(1, Integer.MAX_VALUE, use);
    }
    return found;
  }

  /** Reads a connection until it ends, is cut after so many bytes, or the agent dies. */
  private int connect(int waitSeconds, int bytes, Use use) throws InterruptedException {
    Up up = victim.awaitUp();
    String path = agent.streamPath() + "?wait_seconds=" + waitSeconds + "&since=" + since;
    var request = victim.request(up, path, agent.name()).GET().build();
    int came = 0;
    try {
      journal.write(Entry.connected(since));
      var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      findings.expect(
          answer.statusCode() == 200 || answer.statusCode() == 503,
          "A stream was refused",
          path,
          answer.statusCode());
      CompletableFuture<Void> alarm = closeLate(answer.body(), path);
      try (InputStream body = answer.body()) {
        var frames = AgentFrames.cut(body, bytes);
        Optional<Delivery> next = frames.next();
        for (; next.isPresent(); next = dead ? Optional.empty() : frames.next()) {
          came++;
          got(next.get(), use);
        }
      } finally {
        alarm.cancel(false);
      }
    } catch (IOException e) {
      // The server was killed: what it had not sent comes on the next connection.
      LockSupport.parkNanos(AWAY_NANOS);
    }
    return came;
  }

  private void got(Delivery delivery, Use use) throws IOException, InterruptedException {
    journal.write(Entry.of(delivery));
    // Some clients come back with the number that they saw, some with the one after it.
    since = delivery.seq() + random.nextInt(2);
    use.of(delivery);
  }

  private CompletableFuture<Void> closeLate(InputStream body, String path) {
    return CompletableFuture.runAsync(
        () -> {
          findings.add("A stream did not end in its time", agent.name(), path);
          try {
            body.close();
          } catch (IOException e) {
            findings.add("A stream could not be closed", e);
          }
        },
        CompletableFuture.delayedExecutor(LONGEST_STREAM_SECONDS, TimeUnit.SECONDS));
  }

  /** Finishes it, or dies before the report, while it is under way, or before its answer counts. */
  private void act(Delivery delivery) throws IOException, InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 4) {
      dead = true;
    } else if (dice < 10) {
      dead = true;
      Call call = delivery.call(agent);
      journal.write(Entry.of(call));
      http.sendAsync(victim.post(victim.awaitUp(), call), HttpResponse.BodyHandlers.discarding())
          .exceptionally(e -> null);
      LockSupport.parkNanos(random.nextLong(6_000_000));
    } else if (dice < 14) {
      dead = true;
      Call call = delivery.call(agent);
      journal.write(Entry.of(call));
      victim.answer(call);
    } else {
      report(delivery);
    }
  }

  private void report(Delivery delivery) throws IOException, InterruptedException {
    Call call = delivery.call(agent);
    journal.write(Entry.of(call));
    journal.write(Entry.of(victim.answer(call)));
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    journal.close();
  }
}
