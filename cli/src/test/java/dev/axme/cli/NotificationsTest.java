package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asked sees on the terminal whether anybody was told. */
@ExtendWith(RealServer.class)
class NotificationsTest {
  @TempDir private Path home;

  @Test
  void theLogSaysWhoWasToldBesideWhatHappened(Running server) {
    At agent = server.agent(home);
    String id = agent.axme("intents", "send", "Deploy model v2.3").line();

    Typed told = untilToldOf(agent, id);
    Typed log = agent.axme("intents", "log", id);
    Typed json = agent.axme("intents", "notifications", id, "--json");

    assertThat(told.out()).containsPattern("mail to owner@localhost sent: written to .*[.]eml");
    assertThat(log.out()).contains("mail to owner@localhost sent");
    assertThat(json.out()).contains("\"state\":\"sent\"").contains("\"to\":\"owner@localhost\"");
  }

  private static Typed untilToldOf(At agent, String id) {
    Executor soon = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    Typed told = agent.axme("intents", "notifications", id);
    while (told.out().isEmpty()) {
      assertThat(told.err()).contains("Nobody was told of it so far.");
      assertThat(Instant.now()).isBefore(end);
      CompletableFuture.runAsync(() -> {}, soon).join();
      told = agent.axme("intents", "notifications", id);
    }
    return told;
  }
}
