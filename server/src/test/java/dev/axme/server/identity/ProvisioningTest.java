package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Directory.Account;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningTest {
  private Town town;

  @BeforeEach
  void open(@TempDir Path folder) {
    town = new Town(folder);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void theOwnersKeyDecidesAndTheAgentsNever() {
    Caller owner = town.callers.byKey(town.owner.loginKey()).orElseThrow();
    Caller agent = town.callers.byKey(town.owner.agentKey()).orElseThrow();

    assertThat(owner.admin()).isTrue();
    assertThat(owner.person().orElseThrow().email()).isEqualTo("owner@localhost");
    assertThat(agent.person()).isEmpty();
    assertThat(agent.address()).hasToString("agent://local/main/agent");
  }

  @Test
  void aKeyIsAccountAndSecretAndOnlyItsHashIsStored() {
    String key = town.owner.agentKey();

    assertThat(key).matches("axme_sa_[0-9a-f]{24}_[0-9a-f]{64}");
    assertThat(key.substring("axme_".length(), key.lastIndexOf('_')))
        .isEqualTo(town.owner.agent().id());
    assertThat(town.directory.keys(town.owner.agent().id()))
        .singleElement()
        .satisfies(row -> assertThat(key).endsWith(row.hint()).doesNotContain(row.hash()));
  }

  @Test
  void aSecondFirstStartChangesNothing() {
    long version = town.directory.version();

    assertThat(town.provisioning.first(_ -> {})).isEmpty();
    assertThat(town.directory.version()).isEqualTo(version);
  }

  @Test
  void aNewOwnersKeyWorksBesideTheOldOne() {
    String key = town.provisioning.newOwnerKey();

    assertThat(town.callers.byKey(key).orElseThrow().person())
        .isEqualTo(town.callers.byKey(town.owner.loginKey()).orElseThrow().person());
  }

  @Test
  void aNewOwnersKeyBringsASuspendedOwnerBack() {
    Account login = town.owner.login();
    town.directory.update(Accounts.withStatus(login, Accounts.SUSPENDED, town.now()));

    String key = town.provisioning.newOwnerKey();

    assertThat(town.callers.byKey(key)).isPresent();
  }

  @Test
  void aLinkSignsInOnceAndRunsOutAfterFifteenMinutes() {
    String used = town.provisioning.signInLink(town.owner.person().id());
    String late = town.provisioning.signInLink(town.owner.person().id());

    assertThat(town.sessions().signIn(used)).isPresent();
    assertThat(town.sessions().signIn(used)).isEmpty();
    town.later(Duration.ofMinutes(15));
    assertThat(town.sessions().signIn(late)).isEmpty();
  }
}
