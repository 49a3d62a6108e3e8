package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private Town town;
  private Sessions sessions;

  @BeforeEach
  void open(@TempDir Path folder) {
    town = new Town(folder);
    sessions = town.sessions();
  }

  @AfterEach
  void close() {
    town.close();
  }

  private String link() {
    return town.provisioning.signInLink(town.owner.person().id());
  }

  @Test
  void lookingAtALinkTellsWhoseItIsAndUsesNothingUp() {
    String link = link();

    Sessions.LinkOwner owner = sessions.linkOwner(link).orElseThrow();

    assertThat(owner.name()).isEqualTo("Owner");
    assertThat(owner.expiresAt()).isEqualTo(town.now().plus(Duration.ofMinutes(15)));
    assertThat(sessions.linkOwner(link)).isPresent();
    assertThat(sessions.signIn(link)).isPresent();
    assertThat(sessions.linkOwner(link)).isEmpty();
  }

  @Test
  void theCookieFindsThePersonAndTheTokenOfTheirForms() {
    Sessions.SignedIn in = sessions.signIn(link()).orElseThrow();

    Sessions.Current current = sessions.find(in.secret()).orElseThrow();

    assertThat(current.csrf()).isEqualTo(in.csrf()).isNotEqualTo(in.secret());
    assertThat(current.hash()).isNotEqualTo(in.secret());
    assertThat(current.caller().person().orElseThrow().id()).isEqualTo(town.owner.person().id());
    assertThat(current.caller().address()).isEqualTo(town.owner.login().address());
    assertThat(current.caller().credential().orElseThrow().session()).isTrue();
  }

  @Test
  void whatTheDatabaseHoldsSignsNobodyIn() {
    Sessions.SignedIn in = sessions.signIn(link()).orElseThrow();
    String stored = sessions.find(in.secret()).orElseThrow().hash();

    assertThat(sessions.find(stored)).isEmpty();
    assertThat(sessions.find("")).isEmpty();
  }

  @Test
  void signingOutEndsTheSession() {
    Sessions.SignedIn in = sessions.signIn(link()).orElseThrow();

    sessions.signOut(in.secret());

    assertThat(sessions.find(in.secret())).isEmpty();
    assertThat(town.callers.bySession(in.secret())).isEmpty();
  }

  @Test
  void whoIsSuspendedIsSignedOutAndNotLetInUntilTheyAreBack() {
    Sessions.SignedIn in = sessions.signIn(link()).orElseThrow();
    String link = link();

    ownerIs(Accounts.SUSPENDED);
    assertThat(sessions.find(in.secret())).isEmpty();
    assertThat(sessions.linkOwner(link)).isEmpty();
    assertThat(sessions.signIn(link)).isEmpty();

    ownerIs(Accounts.ACTIVE);
    assertThat(sessions.find(in.secret())).isPresent();
    assertThat(sessions.signIn(link)).isPresent();
  }

  private void ownerIs(String status) {
    town.directory.update(Accounts.withStatus(town.owner.login(), status, town.now()));
  }

  @Test
  void aSessionEndsAfterThirtyDays() {
    Sessions.SignedIn in = sessions.signIn(link()).orElseThrow();

    town.later(Duration.ofDays(30).minusSeconds(1));
    assertThat(sessions.find(in.secret())).isPresent();
    town.later(Duration.ofSeconds(1));
    assertThat(sessions.find(in.secret())).isEmpty();
  }
}
