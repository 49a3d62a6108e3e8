package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Walks through the rules at random; {@link Walk} says what must hold. A failure names its seed,
 * and {@code -Daxme.seed=} walks the same way first.
 */
class RandomWalkTest {
  private static final int WALKS = 400;
  private static final int STEPS = 60;

  @Test
  void whateverComesTheRulesHold() {
    long first = Long.getLong("axme.seed", System.nanoTime());
    for (long seed = first; seed < first + WALKS; seed++) {
      walk(seed, new HashSet<>());
    }
  }

  @Test
  void walksComeByEveryEventAndEveryAnswer() {
    Set<String> met = new HashSet<>();
    for (long seed = 0; seed < WALKS / 4; seed++) {
      walk(seed, met);
    }

    assertThat(met).containsAll(Phases.leaves(IntentEvent.class));
    assertThat(met).containsAll(Phases.leaves(Ruling.class));
    assertThat(met).containsAll(Phases.leaves(Refusal.class));
  }

  private static void walk(long seed, Set<String> met) {
    List<Move> moves = new ArrayList<>();
    Walk walk = new Walk();
    Chance chance = new Chance(seed);
    while (moves.size() < STEPS) {
      moves.add(chance.next(walk));
      try {
        note(walk.step(moves.getLast()), met);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(report(seed, moves), e);
      }
    }
  }

  private static void note(Ruling ruling, Set<String> met) {
    met.add(ruling.getClass().getSimpleName());
    if (ruling instanceof Ruling.Accepted accepted) {
      accepted.events().forEach(e -> met.add(e.getClass().getSimpleName()));
    }
    if (ruling instanceof Ruling.Refused refused) {
      met.add(refused.refusal().getClass().getSimpleName());
    }
  }

  private static String report(long seed, List<Move> moves) {
    List<Move> smallest = Shrinker.smallest(moves, RandomWalkTest::fails);
    return "Walk it again with -Daxme.seed=%d; the smallest walk that fails:\n%s"
        .formatted(seed, smallest.stream().map(Move::toString).collect(Collectors.joining("\n")));
  }

  private static boolean fails(List<Move> moves) {
    Walk walk = new Walk();
    try {
      moves.forEach(walk::step);
      return false;
    } catch (AssertionError | RuntimeException e) {
      return true;
    }
  }
}
