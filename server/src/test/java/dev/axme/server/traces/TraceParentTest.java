package dev.axme.server.traces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

  @Test
  void aValidOneIsReadAndWrittenAlike() {
    TraceParent parent = TraceParent.of(" " + VALID + " ").orElseThrow();

    assertThat(parent).isEqualTo(new TraceParent(TRACE, SPAN, "01"));
    assertThat(parent.toString()).isEqualTo(VALID);
  }

  @Test
  void ofALaterVersionOnlyWhatThisOneKnowsIsKept() {
    assertThat(TraceParent.of("cc-" + TRACE + "-" + SPAN + "-ff-what-comes-later"))
        .hasValue(new TraceParent(TRACE, SPAN, "01"));
    assertThat(TraceParent.of("01-" + TRACE + "-" + SPAN + "-fe"))
        .hasValue(new TraceParent(TRACE, SPAN, "00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "0-" + TRACE + "-" + SPAN + "-011",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-" + SPAN + "-0g",
        "00-" + TRACE + "-" + SPAN + "-1",
        VALID + "-more",
        VALID + "0",
        "cc-" + TRACE + "-" + SPAN + "-01more",
        "00_" + TRACE + "_" + SPAN + "_01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-٠١",
        "00-ｆ" + "bf92f3577b34da6a3ce929d0e0e4736-" + SPAN + "-01"
      })
  void whateverIsNoneIsIgnored(String header) {
    assertThat(TraceParent.of(header)).isEmpty();
  }
}
