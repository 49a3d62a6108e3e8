package dev.axme.core;

import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.checked;
import static dev.axme.core.Orders.proceed;
import static dev.axme.core.Orders.said;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.FORM;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.OTHER_TASK;
import static dev.axme.core.Samples.TASK;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Samples.question;
import static dev.axme.core.Story.asked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person answers a question (protocol sections 6.2 and 6.4). */
class DecisionTest {
  private static final IntentEvent ONCE = new IntentEvent.GenerationChanged(INTENT, 1);

  @Test
  void anApprovalCompletesWithTheDecisionAsItsResult() {
    Decision yes = decision("approved");

    asked(approval())
        .when(ALICE, answer("approved"))
        .then(
            ONCE,
            new IntentEvent.TaskDecided(INTENT, 5, TASK, yes),
            new IntentEvent.Completed(INTENT, 6, Optional.of(new Result.Decided(yes))));
  }

  @Test
  void aRejectionFailsWithItsWordAsTheReason() {
    Decision no = decision("rejected");

    asked(approval())
        .when(ALICE, answer("rejected"))
        .then(
            ONCE,
            new IntentEvent.TaskDecided(INTENT, 5, TASK, no),
            new IntentEvent.Failed(
                INTENT,
                6,
                Optional.of("rejected"),
                Optional.empty(),
                Optional.of(new Result.Decided(no))));
  }

  @ParameterizedTest
  @CsvSource({
    "approval, approved rejected, approved, Completed",
    "approval, approved rejected, rejected, Failed",
    "confirmation, confirmed denied, confirmed, Completed",
    "confirmation, confirmed denied, denied, Failed",
    "review, approved changes_requested rejected, approved, Completed",
    "review, approved changes_requested rejected, changes_requested, Failed",
    "review, approved changes_requested rejected, rejected, Failed",
    "assignment, assigned declined, assigned, Completed",
    "assignment, assigned declined, declined, Failed",
    "form, submitted approved rejected, submitted, Completed",
    "form, submitted approved rejected, rejected, Failed",
    "clarification, provided declined, provided, Completed",
    "clarification, provided declined, declined, Failed",
    "manual_action, completed failed, completed, Completed",
    "manual_action, completed failed, failed, Failed",
    "override, override_approved rejected, override_approved, Completed",
    "override, override_approved rejected, rejected, Failed",
    "custom, deferred escalated, deferred, Completed",
  })
  void eachTypesOutcomesEndAsTheyShould(
      String type, String outcomes, String outcome, String phase) {
    Story story = asked(question(false, outcomes.split(" ")));

    story.when(ALICE, answer(outcome));

    assertThat(story.intent().phase().getClass().getSimpleName()).as(type).isEqualTo(phase);
    assertThat(story.intent().decision().map(Decision::outcome)).contains(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "false, provided declined, approved, approved",
    "false, provided declined, rejected, rejected",
    "false, provided declined, ' Provided ', provided",
    "true, confirmed denied, approved, confirmed",
    "true, confirmed denied, rejected, denied",
    "true, 'Ship it now', 'ship IT now', 'Ship it now'",
    "true, later declined maybe, approved, later",
  })
  void genericWordsAndCaseAreReadKindly(
      boolean given, String outcomes, String word, String outcome) {
    String[] allowed = outcomes.startsWith("Ship") ? new String[] {outcomes} : outcomes.split(" ");
    Story story = asked(question(given, allowed));

    story.when(ALICE, answer(word));

    assertThat(story.intent().decision().map(Decision::outcome)).contains(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "false, approved rejected, maybe",
    "false, approved rejected, confirmed",
    "true, deferred, rejected",
    "true, denied, approved",
    "true, confirmed denied, provided",
    "true, confirmed denied, ''",
  })
  void anOutcomeThatIsNotAllowedChangesNothing(boolean given, String outcomes, String word) {
    String[] allowed = outcomes.split(" ");

    asked(question(given, allowed))
        .when(ALICE, answer(word))
        .thenRefused(new Refusal.InvalidOutcome(INTENT, word, List.of(allowed)));
  }

  @Test
  void approveCurrentStepIsTheShortWayToApproveOrReject() {
    asked(approval()).when(ALICE, proceed(true, "fine")).thenPhase(Phase.Completed.class);
    Story no = asked(approval()).when(ALICE, proceed(false, "why")).thenPhase(Phase.Failed.class);

    assertThat(no.intent().decision().flatMap(Decision::comment)).contains("why");
  }

  @Test
  void aBodyWithoutAnAnswerIsRefusedWithTheAllowedWords() {
    Refusal missing = new Refusal.AnswerMissing(INTENT, List.of("approved", "rejected"));

    asked(approval()).when(ALICE, Orders.complete()).thenRefused(missing);
    asked(approval()).when(ALICE, Orders.handOver(Samples.SECOND)).thenRefused(missing);
  }

  @Test
  void aRequiredCommentMustSaySomething() {
    Refusal missing = new Refusal.CommentRequired(INTENT);

    asked(Samples.commented()).when(ALICE, answer("approved")).thenRefused(missing);
    asked(Samples.commented()).when(ALICE, answer("rejected")).thenRefused(missing);
    asked(Samples.commented()).when(ALICE, answer(said("approved", " "))).thenRefused(missing);
    asked(Samples.commented())
        .when(ALICE, answer(said("approved", "fine")))
        .thenPhase(Phase.Completed.class);
    asked(Samples.commented()).when(ALICE, proceed(true, "fine")).thenPhase(Phase.Completed.class);
  }

  @Test
  void evidenceIsRequiredOnlyOfASuccess() {
    asked(Samples.evidenced())
        .when(ALICE, answer("completed"))
        .thenRefused(new Refusal.EvidenceRequired(INTENT));
    asked(Samples.evidenced())
        .when(ALICE, answer(Orders.evidenced("completed")))
        .thenPhase(Phase.Completed.class);
    asked(Samples.evidenced()).when(ALICE, answer("failed")).thenPhase(Phase.Failed.class);
  }

  @Test
  void aFormMustHaveBeenCheckedForThisVeryTask() {
    Refusal unchecked = new Refusal.FormUnchecked(INTENT, TASK, FORM);

    asked(Samples.formed()).when(ALICE, answer("submitted")).thenRefused(unchecked);
    asked(Samples.formed())
        .when(ALICE, answer(checked("submitted", OTHER_TASK)))
        .thenRefused(new Refusal.OtherQuestion(INTENT, OTHER_TASK));
    asked(Samples.formed())
        .when(ALICE, answer(checked("submitted", TASK)))
        .thenPhase(Phase.Completed.class);
  }

  @Test
  void anAnswerToOneQuestionNeverDecidesAnother() {
    Refusal other = new Refusal.OtherQuestion(INTENT, OTHER_TASK);

    asked(approval()).when(ALICE, answer(Orders.to(OTHER_TASK, "approved"))).thenRefused(other);
    asked(Samples.formed())
        .when(ALICE, answer(Orders.to(OTHER_TASK, "submitted")))
        .thenRefused(other);
    Story.mailed().when(ALICE, answer(Orders.to(OTHER_TASK, "approved"))).thenRefused(other);
    asked(approval())
        .when(ALICE, answer(Orders.to(TASK, "approved")))
        .thenPhase(Phase.Completed.class);
    asked(Samples.formed())
        .when(ALICE, answer(Orders.to(TASK, "submitted")))
        .thenRefused(new Refusal.FormUnchecked(INTENT, TASK, FORM));
  }

  @Test
  void decidingWhatOneAskedForIsMarked() {
    Story own = asked(Samples.requestFrom(ALICE), Optional.empty(), approval());
    own.when(ALICE, answer("approved")).thenPhase(Phase.Completed.class);
    Story other = asked(Samples.requestFrom(ALICE), Optional.empty(), approval());
    other.when(Samples.BOB, answer("approved")).thenPhase(Phase.Completed.class);

    assertThat(own.intent().decision().map(Decision::selfApproved)).contains(true);
    assertThat(other.intent().decision().map(Decision::selfApproved)).contains(false);
  }

  @Test
  void theSecondAnswerComesTooLateAndLearnsOfTheFirst() {
    Story story = asked(approval()).and(ALICE, answer("approved"), NOON);
    Phase.Ended first = (Phase.Ended) story.intent().phase();

    story.when(Samples.BOB, answer("rejected")).thenRefused(new Refusal.IntentEnded(INTENT, first));
  }

  private static Decision decision(String outcome) {
    return new Decision(
        outcome,
        Optional.empty(),
        Optional.empty(),
        new Author(Author.Kind.PERSON, "alice@acme.test", "alice"),
        NOON,
        Optional.of(Samples.digest('3')),
        false);
  }
}
