package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Asking in one terminal, deciding in another: against a real server. */
@ExtendWith(RealServer.class)
class ApprovalTest {
  @TempDir private Path ownersHome;
  @TempDir private Path agentsHome;
  private At owner = At.home(Path.of("."));
  private At agent = At.home(Path.of("."));

  @BeforeEach
  void twoTerminals(Running server) {
    owner = server.owner(ownersHome);
    agent = server.agent(agentsHome);
  }

  @Test
  void whoeverWaitsGoesOnWithAYes() {
    CompletableFuture<Typed> waiting = waitsFor("Deploy the yes", "--data", "risk_level=high");
    String id = idOf("Deploy the yes");

    Typed approved = owner.axme("tasks", "approve", id, "--comment", "looks fine");

    assertThat(approved.exitCode()).isEqualTo(Exit.DONE);
    assertThat(approved.line()).isEqualTo("Approved: Deploy the yes");
    assertThat(waiting.join().exitCode()).isEqualTo(Exit.DONE);
    assertThat(waiting.join().line()).startsWith("Approved by ").endsWith(": looks fine");
  }

  @Test
  void whoeverWaitsIsToldANoByItsOwnExitCode() {
    CompletableFuture<Typed> waiting = waitsFor("Deploy the no");
    String id = idOf("Deploy the no");

    Typed rejected = owner.axme("tasks", "reject", id, "--comment", "too risky");

    assertThat(rejected.exitCode()).isEqualTo(Exit.DONE);
    assertThat(waiting.join().exitCode()).isEqualTo(Exit.REJECTED);
    assertThat(waiting.join().line()).startsWith("Rejected by ").endsWith(": too risky");
  }

  @Test
  void whatIsCanceledOrExpiredIsNeitherYesNorNo() {
    String id = agent.axme("intents", "send", "Deploy and regret").line();

    Typed canceled = agent.axme("intents", "cancel", id, "--reason", "not needed");
    Typed watched = agent.axme("intents", "watch", id);
    Typed expired = agent.axme("intents", "send", "Deploy in time", "--deadline", "1s", "--wait");

    assertThat(canceled.exitCode()).isEqualTo(Exit.DONE);
    assertThat(watched.exitCode()).isEqualTo(Exit.EXPIRED_OR_CANCELED);
    assertThat(watched.out()).contains("canceled: not needed");
    assertThat(expired.exitCode()).isEqualTo(Exit.EXPIRED_OR_CANCELED);
    assertThat(expired.line()).isEqualTo("Expired: nobody answered before the deadline.");
  }

  @Test
  void linksAreTakenBackAndTheRequestGoesOnWaiting() {
    String id = agent.axme("intents", "send", "Deploy without links").line();

    Typed revoked = owner.axme("tasks", "revoke-links", id);
    Typed asJson = owner.axme("tasks", "revoke-links", id, "--json");
    Typed byAgent = agent.axme("tasks", "revoke-links", id);
    owner.axme("tasks", "approve", id);
    Typed late = owner.axme("tasks", "revoke-links", id);

    assertThat(revoked.exitCode()).isEqualTo(Exit.DONE);
    assertThat(revoked.line()).isEqualTo("The links that were sent for it open nothing any more.");
    assertThat(asJson.out()).contains("\"ok\" : true", "\"intent_id\" : \"" + id + "\"");
    assertThat(byAgent.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(late.exitCode()).isEqualTo(Exit.ERROR);
  }

  @Test
  void aWaitThatEndsEarlyLeavesTheRequestWaiting() {
    Typed pending =
        agent.axme("intents", "send", "Deploy later", "--wait", "--timeout", "1s", "--json");

    assertThat(pending.exitCode()).isEqualTo(Exit.PENDING);
    assertThat(pending.json()).containsEntry("end", "pending");
    assertThat(owner.axme("tasks", "list").out()).contains("Deploy later");
  }

  @Test
  void anAgentsKeyNeverDecides() {
    String id = agent.axme("intents", "send", "Approve myself").line();

    Typed refused = agent.axme("tasks", "approve", id);

    assertThat(refused.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("`axme login --api-key KEY`");
  }

  @Test
  void anAgentsKeyInTheOwnersShellIsNotInTheWay(Running server) {
    String id = agent.axme("intents", "send", "Deploy from a mixed shell").line();
    At mixed = owner.with("AXME_API_KEY", server.agentKey()).with("AXME_BASE_URL", server.url());

    Typed approved = mixed.axme("tasks", "approve", id);

    assertThat(approved.exitCode()).isEqualTo(Exit.DONE);
  }

  @Test
  void theSecondDecisionIsToldWhoWasFirst() {
    String id = agent.axme("intents", "send", "Deploy once").line();
    owner.axme("tasks", "approve", id);

    Typed second = owner.axme("tasks", "reject", id);

    assertThat(second.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(second.err()).containsIgnoringCase("approved");
  }

  @Test
  void aRequestIsShownWithWhatExactlyAndHowToDecide() {
    String id =
        agent.axme("intents", "send", "Deploy and look", "--data", "risk_level=high").line();

    Typed shown = owner.axme("tasks", "get", id);

    assertThat(shown.out())
        .contains("asks: Deploy and look")
        .contains("Risk     high")
        .contains("Expires  never")
        .contains("What exactly");
    assertThat(shown.err()).contains("`axme tasks approve " + id + "`");
  }

  @Test
  void sendingAgainWithTheSameKeyFindsTheFirstRequest() {
    String first = agent.axme("intents", "send", "Deploy v9", "--idempotency-key", "v9").line();

    String second = agent.axme("intents", "send", "Deploy v9", "--idempotency-key", "v9").line();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void theLogTellsWhatHappenedInOrder() {
    String id = agent.axme("intents", "send", "Deploy and remember").line();
    owner.axme("tasks", "approve", id);

    Typed log = agent.axme("intents", "log", id);

    // What has no number beside it says who was told, and comes when it comes.
    assertThat(
            log.out()
                .lines()
                .map(line -> line.substring(10, 12).strip())
                .filter(mark -> !mark.isEmpty()))
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(log.out()).contains("created").contains("approved by ");
  }

  @Test
  void everyCommandSpeaksJsonOnOneLine() {
    String id =
        agent.axme("--json", "intents", "send", "Deploy as JSON").json().get("intent_id") + "";

    for (String[] command :
        new String[][] {
          {"intents", "list"},
          {"intents", "get", id},
          {"intents", "log", id},
          {"people", "list"},
          {"keys", "list"},
          {"whoami"},
          {"status"},
          {"doctor"},
          {"sign-in"},
          {"context", "list"},
          {"context", "show"},
          {"org", "list"},
          {"workspace", "list"},
          {"session", "list"},
        }) {
      Typed typed = owner.axme(withJson(command));

      assertThat(typed.exitCode()).describedAs("%s: %s", command, typed.err()).isZero();
      assertThat(typed.out().lines()).hasSize(1);
      assertThat(typed.json()).isNotEmpty();
    }
  }

  @Test
  void tasksSpeakJsonOverSeveralLinesAsOtherClientsDo() {
    String id = agent.axme("intents", "send", "Deploy as tree").line();

    for (String[] command :
        new String[][] {{"tasks", "list"}, {"tasks", "get", id}, {"tasks", "approve", id}}) {
      Typed typed = owner.axme(withJson(command));

      assertThat(typed.exitCode()).describedAs("%s: %s", command, typed.err()).isZero();
      assertThat(typed.out()).startsWith("{\n  \"ok\"");
      assertThat(typed.json()).containsEntry("ok", true);
    }
  }

  private static String[] withJson(String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 1);
    all[command.length] = "--json";
    return all;
  }

  private CompletableFuture<Typed> waitsFor(String what, String... more) {
    String[] command = {"intents", "send", what, "--wait", "--timeout", "60s"};
    String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return CompletableFuture.supplyAsync(() -> agent.axme(all));
  }

  /** The id of the request with that title, once it waits. */
  private String idOf(String title) {
    while (true) {
      for (String line : owner.axme("tasks", "list").out().lines().toList()) {
        if (line.contains(title)) {
          return line.substring(0, line.indexOf(' '));
        }
      }
    }
  }
}
