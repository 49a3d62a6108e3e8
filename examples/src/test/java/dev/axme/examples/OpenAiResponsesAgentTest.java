package dev.axme.examples;

import static dev.axme.examples.ScriptedModel.Turn.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenAiResponsesAgentTest extends OpenAiAgentContract {

  @Override
  OpenAiApi api() {
    return OpenAiApi.RESPONSES;
  }

  @Test
  void whatSomebodyChangedAfterAskingIsNotRun() throws IOException {
    try (Program initiator = initiator("It is chipped.")) {
      String approval;
      try (Program first = agent()) {
        approval = first.await(ASKED).group(1);
        first.kill();
      }
      axme().run("tasks", "approve", approval);

      change("4990}", "4990000}");
      try (Program second = agent()) {
        second.await("stays open for the next start: .*not the one that " + approval);
      }
      assertThat(refunds()).isEmpty();

      change("4990000}", "4990}");
      model().expect(ANSWER);
      try (Program third = agent()) {
        third.await(DONE);
      }
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
    }
  }

  @Test
  void whatWasCanceledMeanwhileIsNotRunThoughItIsApproved() throws IOException {
    try (Program initiator = initiator("I found it.");
        Program agent = agent()) {
      String approval = agent.await(ASKED).group(1);
      axme().kill();
      agent.await("The server is away");
      axme().startAgain(); // The agent outlives it.

      axme().run("intents", "cancel", initiator.await("Sent (\\S+)").group(1));
      axme().run("tasks", "approve", approval);

      agent.await("Dropped");
      assertThat(refunds()).isEmpty();
      assertThat(initiator.exitCode()).as(initiator.output()).isEqualTo(1);
    }
  }
}
