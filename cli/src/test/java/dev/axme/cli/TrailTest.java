package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a log tells a person of the events that the server sends. */
class TrailTest {
  private static final String AGENT =
      "{'type':'agent','ref':'agent://acme/main/compliance','name':'compliance'}";
  private static final String RISK =
      "{'type':'agent','ref':'agent://acme/main/risk','name':'agent://acme/main/risk'}";
  private static final String HUMAN = "{'type':'human','ref':'ann@example.org','name':'Ann'}";
  private static final String CORE =
      "{'type':'internal','ref':'agent://agent_core','name':'agent_core'}";

  private final Trail trail = new Trail(new Ink(false));
  private final List<String> told = new ArrayList<>();
  private int seq;

  @Test
  void aWorkflowTellsWhoHeldItAndHowEachStepEnded() {
    tell("delivered", "DELIVERED", CORE, "'details':{'to_agent':'agent://agent_core'}");
    waiting("WAITING_FOR_AGENT", AGENT, "check");
    tell(
        "in_progress",
        "IN_PROGRESS",
        CORE,
        "'actor':'agent_core','details':{'step_id':'check','step_status':'completed','result':{}}");
    waiting("WAITING_FOR_TIME", CORE, "pause");
    question("sign", "Release the money?");
    tell(
        "in_progress",
        "IN_PROGRESS",
        CORE,
        "'actor':'ann@example.org','details':{'step_id':'sign','step_status':'completed',"
            + "'outcome':'approved','comment':'go on'}");
    tell("completed", "COMPLETED", "null", "'details':{'result':{}}");

    assertThat(told)
        .containsExactly(
            "delivered to agent://agent_core",
            "waiting for agent compliance (step check)",
            "compliance completed (step check)",
            "waiting for time (step pause)",
            "waiting for human Ann (step sign): Release the money?",
            "answered: approved by ann@example.org: go on (step sign)",
            "completed.");
    assertThat(trail.now()).isEmpty();
  }

  @Test
  void aStepThatFailsSaysWhyAndIsNeverCalledCompleted() {
    waiting("WAITING_FOR_AGENT", AGENT, "check");
    step("failed", "'reason':'no ledger'");
    waiting("WAITING_FOR_AGENT", AGENT, "check");
    step("timed_out", "'reason':null");
    waiting("WAITING_FOR_AGENT", RISK, "other");
    step("canceled", "'x':1");
    question("sign", "Go?");
    step("rejected", "'reason':'denied'");

    assertThat(told)
        .containsExactly(
            "waiting for agent compliance (step check)",
            "compliance failed (step check): no ledger",
            "waiting for agent compliance (step check)",
            "compliance ran out of time (step check)",
            "waiting for agent risk (step other)",
            "risk was canceled (step check)",
            "waiting for human Ann (step sign): Go?",
            "Ann rejected (step check): denied");
  }

  @Test
  void whoHandsOverWithoutAWordHasCompleted() {
    waiting("WAITING_FOR_AGENT", AGENT, "check");
    waiting("WAITING_FOR_AGENT", RISK, "weigh");
    question("sign", "Go?");

    assertThat(told)
        .containsExactly(
            "waiting for agent compliance (step check)",
            "compliance completed",
            "waiting for agent risk (step weigh)",
            "risk completed",
            "waiting for human Ann (step sign): Go?");
    assertThat(trail.now()).contains("waiting for human Ann (step sign)");
  }

  @Test
  void whoIsToldToBeThroughIsNotToldAgain() {
    waiting("WAITING_FOR_AGENT", AGENT, "check");
    tell(
        "in_progress",
        "IN_PROGRESS",
        AGENT,
        "'details':{'step_id':'check','step_status':'failed'}");
    waiting("WAITING_FOR_AGENT", RISK, "weigh");
    tell("timed_out", "TIMED_OUT", "null", "'details':{'step_id':'weigh'}");

    assertThat(told)
        .containsExactly(
            "waiting for agent compliance (step check)",
            "compliance failed (step check)",
            "waiting for agent risk (step weigh)",
            "expired: nobody answered before the deadline. (step weigh)");
  }

  @Test
  void remindersEscalationsAndAttemptsNameWhomTheyMean() {
    question("sign", "Go?");
    tell("reminder", "WAITING", HUMAN, "'details':{'reminder':2,'max_reminders':3}");
    tell(
        "escalated",
        "WAITING",
        "{'type':'human','ref':'lead@example.org','name':'lead@example.org'}",
        "'waiting_reason':'WAITING_FOR_HUMAN','details':{'escalated_to':'lead@example.org'}");
    String now = trail.now().orElseThrow();
    tell("delivery_failed", "IN_PROGRESS", AGENT, "'details':{'delivery_attempt':'3'}");
    tell("timed_out", "TIMED_OUT", "null", "'details':{'deadline_at':'2026-01-01T00:00:00Z'}");

    assertThat(told)
        .containsExactly(
            "waiting for human Ann (step sign): Go?",
            "reminder 2 of 3 to Ann",
            "escalated to lead@example.org",
            "no agent took it in 3 attempts",
            "expired: nobody answered before the deadline.");
    assertThat(now).isEqualTo("waiting for human lead@example.org");
  }

  @Test
  void theReasonIsReadWhereverItStands() {
    tell(
        "waiting", "WAITING", HUMAN, "'lifecycle_waiting_reason':'WAITING_FOR_HUMAN','details':{}");
    tell("waiting", "WAITING", "null", "'waiting_reason':'WAITING_FOR_TOOL','details':{}");

    assertThat(told).containsExactly("waiting for human Ann", "waiting for somebody");
  }

  @Test
  void whatTheServerSendsCannotSteerTheTerminal() {
    question("sign", "Go?\\u001b[2J");

    assertThat(told.getFirst()).endsWith("Go?\uFFFD[2J");
  }

  private void waiting(String reason, String holder, String step) {
    tell(
        "waiting",
        "WAITING",
        holder,
        "'waiting_reason':'%s','details':{'step_id':'%s'}".formatted(reason, step));
  }

  private void step(String status, String more) {
    tell(
        "in_progress",
        "IN_PROGRESS",
        CORE,
        "'details':{'step_id':'check','step_status':'%s',%s}".formatted(status, more));
  }

  private void question(String step, String title) {
    tell(
        "human_task_assigned",
        "WAITING",
        HUMAN,
        "'waiting_reason':'WAITING_FOR_HUMAN','human_task':{'title':'%s'},'details':{'step_id':'%s'}"
            .formatted(title, step));
  }

  /** Hears of one more event, and keeps what stands behind the moment and the number. */
  private void tell(String type, String status, String holder, String more) {
    seq++;
    String json =
        """
        {'intent_id':'019306f0-0000-7000-8000-000000000001','seq':%d,'event_type':'intent.%s',
        'status':'%s','at':'2026-01-01T00:00:00Z','pending_with':%s,%s}"""
            .formatted(seq, type, status, holder, more);
    IntentEvent event = IntentEvent.of(Json.parseObject(json.replace('\'', '"')));
    trail.lines(event).forEach(line -> told.add(line.substring("00:00:00  nn  ".length())));
  }
}
