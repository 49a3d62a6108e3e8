package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rule table has a cell for whatever the sealed types allow, and each cell does its work. */
class RuleTableTest {
  @Test
  void everyPhaseActorAndCommandHasACellAndNothingElseDoes() {
    Set<String> expected = new HashSet<>();
    for (String phase : Phases.all()) {
      for (String actor : Phases.leaves(Actor.class)) {
        for (String command : Phases.leaves(IntentCommand.class)) {
          expected.add(phase + ' ' + actor + ' ' + command);
        }
      }
    }

    assertThat(RuleTable.keys()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void thereIsAnExampleOfEveryPhaseActorAndCommand() {
    Phases.examples()
        .forEach((phase, example) -> assertThat(phaseOf(example.get())).isEqualTo(phase));

    assertThat(Phases.examples().keySet()).containsExactlyInAnyOrderElementsOf(Phases.all());
    assertThat(names(Phases.actors())).containsAll(Phases.leaves(Actor.class));
    assertThat(names(Phases.commands())).containsAll(Phases.leaves(IntentCommand.class));
  }

  @TestFactory
  List<DynamicTest> everyCellIsCarriedOut() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String phase : Phases.all()) {
      for (Actor actor : Phases.actors()) {
        for (IntentCommand command : Phases.commands()) {
          RuleTable.Cell cell = RuleTable.cell(phase, name(actor), name(command)).orElseThrow();
          tests.add(
              DynamicTest.dynamicTest(
                  "%s %s %s: %s".formatted(phase, name(actor), command, cell),
                  () -> carriedOut(cell, story(phase), actor, command)));
        }
      }
    }
    return tests;
  }

  @Test
  void everyCellThatDoesSomethingIsAcceptedSomewhere() {
    Set<RuleTable.Cell> accepted = EnumSet.noneOf(RuleTable.Cell.class);
    for (String phase : Phases.all()) {
      for (Actor actor : Phases.actors()) {
        for (IntentCommand command : Phases.commands()) {
          RuleTable.Cell cell = RuleTable.cell(phase, name(actor), name(command)).orElseThrow();
          if (cell != RuleTable.Cell.NEVER
              && story(phase).rule(actor, command, Phases.deadline()) instanceof Ruling.Accepted) {
            accepted.add(cell);
          }
        }
      }
    }

    // A withdrawal is accepted from the sender alone, who is none of these: see ResolveTest.
    assertThat(accepted)
        .containsExactlyInAnyOrder(
            RuleTable.Cell.CREATE,
            RuleTable.Cell.REPORT,
            RuleTable.Cell.FINISH,
            RuleTable.Cell.DECIDE,
            RuleTable.Cell.RESOLVE,
            RuleTable.Cell.OVERRULE,
            RuleTable.Cell.ADVANCE,
            RuleTable.Cell.SKIP,
            RuleTable.Cell.CLOSE,
            RuleTable.Cell.ADJUST,
            RuleTable.Cell.TAKE,
            RuleTable.Cell.NOTE,
            RuleTable.Cell.FORSAKE,
            RuleTable.Cell.REVOKE,
            RuleTable.Cell.FIRE);
  }

  private static Story story(String phase) {
    return Phases.examples().getOrDefault(phase, Story::given).get();
  }

  private static void carriedOut(
      RuleTable.Cell cell, Story story, Actor actor, IntentCommand command) {
    if (cell == RuleTable.Cell.NEVER) {
      assertThatIllegalStateException()
          .isThrownBy(() -> story.rule(actor, command, Phases.deadline()));
      return;
    }
    Ruling ruling = story.rule(actor, command, Phases.deadline());

    assertThat(ruling).isInstanceOfAny(answers(cell));
    if (ruling instanceof Ruling.Refused refused) {
      assertThat(refused.refusal()).isInstanceOfAny(refusals(cell));
    }
  }

  private static Class<?>[] answers(RuleTable.Cell cell) {
    return switch (cell) {
      case CREATE -> new Class<?>[] {Ruling.Accepted.class};
      case EXISTS, UNKNOWN, PEOPLE, ENDED -> new Class<?>[] {Ruling.Refused.class};
      case REPORT, FINISH, DECIDE, RESOLVE, OVERRULE, WITHDRAW, ADVANCE, SKIP, CLOSE, ADJUST ->
          new Class<?>[] {Ruling.Accepted.class, Ruling.Refused.class};
      case REVOKE -> new Class<?>[] {Ruling.Accepted.class, Ruling.Refused.class};
      case TAKE, FIRE, NOTE, FORSAKE -> new Class<?>[] {Ruling.Accepted.class, Ruling.Stale.class};
      case STALE -> new Class<?>[] {Ruling.Stale.class};
      case NEVER -> new Class<?>[] {};
    };
  }

  private static Class<?>[] refusals(RuleTable.Cell cell) {
    return switch (cell) {
      case EXISTS -> new Class<?>[] {Refusal.AlreadyExists.class};
      case UNKNOWN -> new Class<?>[] {Refusal.UnknownIntent.class};
      case PEOPLE -> new Class<?>[] {Refusal.HumanDecisionRequired.class};
      case WITHDRAW ->
          new Class<?>[] {Refusal.HumanDecisionRequired.class, Refusal.NotTheirs.class};
      case ENDED -> new Class<?>[] {Refusal.IntentEnded.class};
      case REPORT -> new Class<?>[] {Refusal.HumanDecisionRequired.class, Refusal.NotTheirs.class};
      case ADVANCE, SKIP ->
          new Class<?>[] {
            Refusal.NobodyAsked.class, Refusal.HumanDecisionRequired.class, Refusal.NotTheirs.class
          };
      case CLOSE -> new Class<?>[] {Refusal.HumanDecisionRequired.class, Refusal.NotTheirs.class};
      case DECIDE, OVERRULE -> new Class<?>[] {Refusal.AnswerMissing.class};
      case ADJUST -> new Class<?>[] {Refusal.NotTheirs.class};
      case REVOKE -> new Class<?>[] {Refusal.NotAssigned.class};
      case CREATE, FINISH, RESOLVE, TAKE, FIRE, NOTE, FORSAKE, STALE, NEVER -> new Class<?>[] {};
    };
  }

  private static String phaseOf(Story story) {
    return story.root().intents().isEmpty() ? Phases.ABSENT : name(story.intent().phase());
  }

  private static List<String> names(List<?> values) {
    return values.stream().map(RuleTableTest::name).toList();
  }

  private static String name(Object value) {
    return value.getClass().getSimpleName();
  }
}
