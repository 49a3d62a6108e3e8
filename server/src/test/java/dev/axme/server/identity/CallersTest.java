package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What another server of the same store remembers of who is who. */
class CallersTest {
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private TownHall hall;
  private Callers other;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder);
    other = new Callers(hall.town.directory, hall.town::now);
    other.start(() -> {});
  }

  @AfterEach
  void close() {
    other.close();
    hall.close();
  }

  @Test
  @Timeout(20)
  void aSuspendedAccountIsForgottenElsewhereWithinASecond() {
    assertThat(other.byKey(hall.agentKey())).isPresent();
    assertThat(other.cached(hall.agentKey())).isPresent();

    suspend();
    long since = System.nanoTime();
    while (other.cached(hall.agentKey()).isPresent()) {
      Thread.onSpinWait();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(NOTICED);
    assertThat(other.byKey(hall.agentKey())).isEmpty();
  }

  @Test
  void aKeyThatExpiresSoonIsNotRemembered() {
    String key = keyThatExpires("2027-01-01T12:03:00Z");
    String lasting = keyThatExpires("2028-01-01T00:00:00Z");

    Callers callers = hall.town.callers;
    assertThat(callers.byKey(key)).isPresent();
    assertThat(callers.byKey(lasting)).isPresent();

    assertThat(callers.cached(key)).isEmpty();
    assertThat(callers.cached(lasting)).isPresent();
    hall.town.later(Duration.ofMinutes(3));
    assertThat(callers.byKey(key)).isEmpty();
  }

  private String keyThatExpires(String at) {
    return hall.send(
            hall.ownerKey(),
            "POST /v1/service-accounts/agent/keys",
            "{\"expires_at\":\"" + at + "\"}")
        .body()
        .path("api_key")
        .textValue();
  }

  private void suspend() {
    Answered answer =
        hall.send(
            hall.ownerKey(), "PATCH /v1/service-accounts/agent", "{\"status\":\"suspended\"}");
    assertThat(answer.status()).isEqualTo(200);
  }
}
