package dev.axme.core;

import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.proceed;
import static dev.axme.core.Orders.resolve;
import static dev.axme.core.Samples.AGENTS;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.BOB;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.OWNER;
import static dev.axme.core.Samples.PEOPLE;
import static dev.axme.core.Samples.RITA;
import static dev.axme.core.Samples.TO_ALICE;
import static dev.axme.core.Samples.TO_REVIEWERS;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Story.asked;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only the people whom a task names decide it, and never an agent (protocol section 6.5). */
class WhoDecidesTest {
  @ParameterizedTest
  @MethodSource("decidingWays")
  void noAgentDecidesOnAnyPath(IntentCommand way) {
    for (Actor agent : AGENTS) {
      asked(approval()).when(agent, way).thenRefused(new Refusal.HumanDecisionRequired(INTENT));
      asked(Samples.openRequest(), Optional.empty(), approval(TO_ALICE))
          .when(agent, way)
          .thenRefused(new Refusal.HumanDecisionRequired(INTENT));
    }
  }

  static List<IntentCommand> decidingWays() {
    return List.of(
        answer("approved"),
        answer("rejected"),
        answer(Orders.checked("approved", Samples.TASK)),
        Orders.report(true),
        Orders.report(false),
        proceed(true, "go"),
        proceed(false, "stop"),
        Orders.handOver(Samples.SECOND),
        Orders.silence(),
        resolve(IntentCommand.End.COMPLETED),
        resolve(IntentCommand.End.FAILED),
        Orders.expecting(0, answer("approved")));
  }

  @Test
  void anAgentCannotDecideAPlainIntentInAPersonsName() {
    for (Actor agent : AGENTS) {
      Story.mailed()
          .when(agent, answer("approved"))
          .thenRefused(new Refusal.HumanDecisionRequired(INTENT));
    }
  }

  @Test
  void aTaskThatNamesNobodyIsOpenToEveryPerson() {
    for (Actor person : PEOPLE) {
      asked(approval()).when(person, answer("approved")).thenPhase(Phase.Completed.class);
    }
  }

  @Test
  void anEmailNamesOnePerson() {
    TaskDraft draft = approval(TO_ALICE);

    asked(draft).when(ALICE, answer("approved")).thenPhase(Phase.Completed.class);
    asked(draft).when(BOB, answer("approved")).thenRefused(notAssigned(TO_ALICE));
    asked(draft).when(RITA, answer("approved")).thenRefused(notAssigned(TO_ALICE));
  }

  @Test
  void aRoleNamesEverybodyWhoHasIt() {
    TaskDraft draft = approval(TO_REVIEWERS);

    asked(draft).when(RITA, answer("rejected")).thenPhase(Phase.Failed.class);
    asked(draft).when(ALICE, answer("rejected")).thenRefused(notAssigned(TO_REVIEWERS));
  }

  @Test
  void oneOfSeveralAssigneesIsEnough() {
    TaskDraft draft = approval(TO_ALICE, TO_REVIEWERS);

    asked(draft).when(RITA, answer("approved")).thenPhase(Phase.Completed.class);
    asked(draft).when(ALICE, answer("approved")).thenPhase(Phase.Completed.class);
    asked(draft).when(BOB, answer("approved")).thenRefused(notAssigned(TO_ALICE, TO_REVIEWERS));
  }

  @ParameterizedTest
  @MethodSource("admins")
  void anAdminDecidesEveryTask(Actor.Human admin) {
    asked(approval(TO_ALICE)).when(admin, answer("approved")).thenPhase(Phase.Completed.class);
  }

  static List<Actor.Human> admins() {
    return List.of(
        OWNER,
        Samples.human(11, "ada", "org_admin"),
        Samples.human(12, "walt", "member", "workspace_admin"));
  }

  @Test
  void nobodyIsAskedForDetailsOfATaskThatIsNotTheirs() {
    asked(approval(TO_ALICE)).when(BOB, answer("nonsense")).thenRefused(notAssigned(TO_ALICE));
    asked(approval(TO_ALICE)).when(BOB, Orders.silence()).thenRefused(notAssigned(TO_ALICE));
  }

  @Test
  void escalationLetsTheNewOneDecideAndTheOldOneStill() {
    asked(approval(TO_ALICE)).when(RITA, answer("approved")).thenRefused(notAssigned(TO_ALICE));
    escalated().when(RITA, answer("approved"), later()).thenPhase(Phase.Completed.class);
    escalated().when(ALICE, answer("approved"), later()).thenPhase(Phase.Completed.class);
    escalated()
        .when(BOB, answer("approved"), later())
        .thenRefused(notAssigned(TO_ALICE, TO_REVIEWERS));
  }

  @Test
  void escalationDoesNotCloseATaskThatIsOpenToEverybody() {
    Story story = escalating(approval());

    story.when(BOB, answer("approved"), later()).thenPhase(Phase.Completed.class);
    assertThat(story.intent().lastTask().orElseThrow().assignees()).isEmpty();
  }

  @Test
  void resolvingIsNoWayToAnswerAnOpenTask() {
    for (IntentCommand.End end : List.of(IntentCommand.End.COMPLETED, IntentCommand.End.FAILED)) {
      asked(approval(TO_ALICE))
          .when(ALICE, resolve(end))
          .thenRefused(new Refusal.AnswerMissing(INTENT, List.of("approved", "rejected")));
    }
  }

  @Test
  void whoProvesToHaveBeenAskedDecidesThatQuestionOnly() {
    asked(approval(TO_ALICE))
        .when(invited(BOB, Samples.TASK), answer("approved"))
        .thenPhase(Phase.Completed.class);
    asked(approval(TO_ALICE))
        .when(invited(BOB, Samples.OTHER_TASK), answer("approved"))
        .thenRefused(notAssigned(TO_ALICE));
  }

  private static Actor invited(Actor.Human human, TaskId task) {
    return new Actor.Human(human.person().invited(task), human.address());
  }

  private static Story escalated() {
    return escalating(approval(TO_ALICE));
  }

  private static Story escalating(TaskDraft draft) {
    IntentRequest request = Samples.remindedRequest(Samples.hourlyThen(0, TO_REVIEWERS));
    return asked(request, Optional.empty(), draft)
        .and(CLOCK, Orders.fire(Timer.Kind.ESCALATION, later()), later());
  }

  private static Instant later() {
    return NOON.plus(HOUR);
  }

  private static Refusal notAssigned(Assignee... assignees) {
    return new Refusal.NotAssigned(INTENT, List.of(assignees));
  }
}
