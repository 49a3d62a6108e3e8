package dev.axme.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.process.Launch;
import dev.axme.store.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten kills of the real server on each store, and some of agents; {@code axme bench crash} does as
 * many as you like.
 */
final class CrashTest {
  private static final int KILLS = 10;
  private static final int CLIENTS = 8;
  private static final int AGENTS = 4;

  @TempDir private Path directory;

  @Test
  void killsLoseAndDoubleNothingOnSqlite() throws Exception {
    run(Launch.sqlite(directory.resolve("data")), Optional.empty());
  }

  @Test
  void killsOfServerAndDatabaseLoseAndDoubleNothingOnPostgres() throws Exception {
    try (var database = PostgresServer.start(Map.of())) {
      String url = database.url(database.newDatabase());
      run(Launch.postgres(directory.resolve("data"), url), Optional.of(crashes(database)));
    }
  }

  private void run(Launch launch, Optional<Outage> outage) throws Exception {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    System.out.println("crash seed " + seed);
    var journal = directory.resolve("journal");
    var plan = new CrashPlan(seed, KILLS, CLIENTS, AGENTS, journal, launch, outage);

    CrashReport report = CrashRun.run(plan, FoldCheck.of(launch), line -> {});

    System.out.println(report.text());
    assertThat(report.findings()).as(report.text()).isEmpty();
    assertThat(report.intents()).isGreaterThan(KILLS);
    assertThat(report.agentDeaths()).isPositive();
    assertThat(report.deliveries()).isGreaterThan(KILLS);
  }

  private static Outage crashes(PostgresServer database) {
    return new Outage() {
      @Override
      public void stopAtOnce() {
        database.stopImmediate();
      }

      @Override
      public void startAgain() {
        database.startAgain();
      }
    };
  }
}
