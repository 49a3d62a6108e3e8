package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void onlyWhatTheFailureNeedsIsLeft() {
    List<Integer> all = IntStream.range(0, 60).boxed().toList();

    assertThat(Shrinker.smallest(all, l -> l.contains(7) && l.contains(41))).containsExactly(7, 41);
  }

  @Test
  void whatFailsByItselfShrinksToNothing() {
    assertThat(Shrinker.smallest(List.of(1, 2, 3), _ -> true)).isEmpty();
  }
}
