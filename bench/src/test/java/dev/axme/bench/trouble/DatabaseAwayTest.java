package dev.axme.bench.trouble;

import static dev.axme.bench.trouble.Running.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.process.Launch;
import dev.axme.bench.trouble.Running.Answer;
import dev.axme.store.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL stops for real while the server runs, and comes back. */
final class DatabaseAwayTest {
  @TempDir private Path directory;

  @Test
  void aDatabaseThatIsAwayIsSaidKindlyAndTheServerHealsByItself() throws Exception {
    try (var database = PostgresServer.start(Map.of());
        var server = Running.start(launch(database))) {
      UUID before = UUID.randomUUID();
      UUID meanwhile = UUID.randomUUID();
      Answer first = server.create(before);
      assertThat(first.status()).isEqualTo(200);

      database.stopImmediate();

      Answer away = server.create(meanwhile);
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.retryAfter()).isTrue();
      assertThat(away.code()).isEqualTo("store_unavailable");
      assertThat(server.get("/v1/intents").status()).isEqualTo(503);
      assertThat(server.get("/health/ready").status()).isEqualTo(503);
      assertThat(server.get("/health/live").status()).isEqualTo(200);
      database.startAgain();
      assertThat(eventually(() -> server.create(meanwhile), a -> a.status() == 200).status())
          .isEqualTo(200);
      assertThat(server.count(before)).isEqualTo(1);
      assertThat(server.count(meanwhile)).isEqualTo(1);
      String intent = first.body().path("intent_id").asText();
      assertThat(server.approve(intent).status()).isEqualTo(200);
    }
  }

  private Launch launch(PostgresServer database) {
    return Launch.postgres(directory.resolve("data"), database.url(database.newDatabase()));
  }
}
