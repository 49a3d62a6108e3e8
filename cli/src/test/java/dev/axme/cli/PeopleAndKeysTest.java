package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Adding people and agents, against a real server. */
@ExtendWith(RealServer.class)
class PeopleAndKeysTest {
  @TempDir private Path ownersHome;
  @TempDir private Path othersHome;
  private At owner = At.home(Path.of("."));

  @BeforeEach
  void owner(Running server) {
    owner = server.owner(ownersHome);
  }

  @Test
  void somebodyAddedDecidesWithTheKeyThatWasShown(Running server) {
    Typed added = owner.axme("people", "add", "alice@example.org", "--name", "Alice", "--json");
    At alice = At.home(othersHome);
    Typed login =
        alice.axme(
            "login", "--api-key", added.json().get("login_key") + "", "--base-url", server.url());
    String id =
        server.agent(othersHome.resolve("agent")).axme("intents", "send", "Ask Alice").line();

    Typed approved = alice.axme("tasks", "approve", id);

    assertThat(login.err()).contains("alice@example.org");
    assertThat(approved.exitCode()).describedAs(approved.err()).isEqualTo(Exit.DONE);
    assertThat(owner.axme("people", "list").out()).contains("alice@example.org", "Alice");
  }

  @Test
  void aKeyWorksUntilItIsRevoked(Running server) {
    Typed made = owner.axme("keys", "create", "bot");
    At bot =
        At.home(othersHome).with("AXME_BASE_URL", server.url()).with("AXME_API_KEY", made.line());
    Typed asked = bot.axme("intents", "send", "From the bot");
    String keyId = lineWith(owner.axme("keys", "list").out(), "bot").split(" ", 2)[0];

    Typed revoked = owner.axme("keys", "revoke", keyId);
    Typed afterwards = bot.axme("whoami");

    assertThat(asked.exitCode()).isEqualTo(Exit.DONE);
    assertThat(revoked.line()).isEqualTo("Revoked: " + keyId);
    assertThat(afterwards.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(afterwards.err()).contains("does not accept the key from the environment");
    assertThat(owner.axme("keys", "list").out()).doesNotContain(keyId);
    assertThat(owner.axme("keys", "list", "--all").out()).contains(keyId, "revoked");
  }

  @Test
  void aSecondKeyOfAnAgentLeavesTheFirstAlone(Running server) {
    String first = owner.axme("keys", "create", "twice").line();
    String second = owner.axme("keys", "create", "twice").line();

    for (String key : new String[] {first, second}) {
      assertThat(
              At.home(othersHome)
                  .axme("whoami", "--api-key", key, "--base-url", server.url())
                  .out())
          .contains("twice")
          .contains("ask, never decide");
    }
  }

  @Test
  void aSignInLinkIsFreshEachTime() {
    String first = owner.axme("sign-in").line();
    String second = owner.axme("sign-in").line();

    assertThat(first).startsWith("http://").isNotEqualTo(second);
  }

  @Test
  void aWrongKeyIsNotStored(Running server) {
    Typed login =
        At.home(othersHome)
            .axme("login", "--api-key", "axme_sa_sa_0_no", "--base-url", server.url());

    assertThat(login.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(At.home(othersHome).axme("context", "show").out()).containsPattern("Key +none");
  }

  @Test
  void theDoctorSaysWhoeverIsLoggedInMayDecide() {
    Typed doctor = owner.axme("doctor");

    assertThat(doctor.exitCode()).describedAs(doctor.out()).isZero();
    assertThat(doctor.out()).contains("who may decide").contains("mail: the server writes mails");
  }

  private static String lineWith(String text, String word) {
    return text.lines().filter(line -> line.contains(word)).findFirst().orElseThrow();
  }
}
