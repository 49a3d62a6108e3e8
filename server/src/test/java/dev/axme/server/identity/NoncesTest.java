package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.IntentId;
import dev.axme.core.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoncesTest {
  private static final String SESSION = "5e55".repeat(16);

  private Town town;
  private Nonces nonces;

  @BeforeEach
  void open(@TempDir Path folder) {
    town = new Town(folder);
    nonces = town.nonces();
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void aNonceIsGoodForItsSessionIntentAndTaskOnly() {
    String nonce = nonces.issue(SESSION, Town.INTENT, Town.TASK);
    IntentId otherIntent = new IntentId(new UUID(9, 9));
    TaskId otherTask = new TaskId(new UUID(9, 9));

    assertThat(nonces.valid(nonce, SESSION, Town.INTENT, Town.TASK)).isTrue();
    assertThat(nonces.valid(nonce, "0" + SESSION, Town.INTENT, Town.TASK)).isFalse();
    assertThat(nonces.valid(nonce, SESSION, otherIntent, Town.TASK)).isFalse();
    assertThat(nonces.valid(nonce, SESSION, Town.INTENT, otherTask)).isFalse();
  }

  @Test
  void noTwoAreAlike() {
    assertThat(nonces.issue(SESSION, Town.INTENT, Town.TASK))
        .isNotEqualTo(nonces.issue(SESSION, Town.INTENT, Town.TASK));
  }

  @Test
  void anotherNodeAcceptsIt() {
    String nonce = nonces.issue(SESSION, Town.INTENT, Town.TASK);

    assertThat(town.nonces().valid(nonce, SESSION, Town.INTENT, Town.TASK)).isTrue();
  }

  @Test
  void itRunsOut() {
    String nonce = nonces.issue(SESSION, Town.INTENT, Town.TASK);

    town.later(Nonces.LIFE.minusSeconds(1));
    assertThat(nonces.valid(nonce, SESSION, Town.INTENT, Town.TASK)).isTrue();
    town.later(Duration.ofSeconds(1));
    assertThat(nonces.valid(nonce, SESSION, Town.INTENT, Town.TASK)).isFalse();
  }

  @Test
  void everyChangedCharacterSpoilsIt() {
    String nonce = nonces.issue(SESSION, Town.INTENT, Town.TASK);

    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce.charAt(i) == '1' ? '2' : '1';
      String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);
      assertThat(nonces.valid(changed, SESSION, Town.INTENT, Town.TASK)).as(changed).isFalse();
    }
    assertThat(nonces.valid("", SESSION, Town.INTENT, Town.TASK)).isFalse();
  }
}
