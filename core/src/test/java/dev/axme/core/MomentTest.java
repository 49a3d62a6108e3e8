package dev.axme.core;

import static dev.axme.core.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** New ids derive from time and seed alone. */
class MomentTest {
  @Test
  void idsAreVersionSevenOfTheRightVariant() {
    UUID id = new Moment(NOON, 42).id(0);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void theSameMomentGivesTheSameIds() {
    assertThat(new Moment(NOON, 42).id(3)).isEqualTo(new Moment(NOON, 42).id(3));
  }

  @Test
  void otherSeedsAndNumbersGiveOtherIds() {
    Set<UUID> ids = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      for (int n = 0; n < 100; n++) {
        ids.add(new Moment(NOON, seed).id(n));
      }
    }

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void laterIdsSortAfterEarlierOnes() {
    String earlier = new Moment(NOON, 99).id(5).toString();
    String later = new Moment(NOON.plusMillis(1), 1).id(0).toString();

    assertThat(later).isGreaterThan(earlier);
  }
}
