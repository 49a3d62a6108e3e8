package dev.axme.bench.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The parser, on lines that strace 6.1 recorded. */
final class SystemCallsTest {
  private static final String REQUEST =
      """
      13958 10:42:22.656776 read(55<socket:[93525]>, "POST /v1/intents HTTP/1.1\\r\\nHost: 127.0.0.1:40475"..., 2048) = 165
      """;
  private static final String WRITTEN =
      """
      13939 10:42:22.658098 pwrite64(40</data/floor.sqlite-wal>, "\\0\\0\\0\\2\\0\\0\\0\\0\\27\\30e\\316K8", 24, 20632) = 24
      """;
  private static final String SYNCED =
      """
      13939 10:42:22.660461 fsync(40</data/floor.sqlite-wal>) = 0
      """;
  private static final String WOKEN =
      """
      13939 10:42:22.663487 write(46<anon_inode:[eventfd]>, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8
      13958 10:42:22.663717 read(46<anon_inode:[eventfd]>, "\\1\\0\\0\\0\\0\\0\\0\\0", 16) = 8
      """;
  private static final String ANSWER =
      """
      13958 10:42:22.665803 writev(55<socket:[93525]>, [{iov_base="HTTP/1.1 200 OK\\r\\ncontent-type: application/json\\r"..., iov_len=72}, {iov_base="{\\"ok\\":true,\\"intent_id\\":\\"01a20d26-4941-7098-ad78-"..., iov_len=279}], 2) = 351
      """;

  @Test
  void aSyncAfterTheWriteAndBeforeTheAnswerIsSeen() {
    assertThat(durable(REQUEST + WRITTEN + SYNCED + WOKEN + ANSWER)).containsExactly(true);
  }

  @Test
  void anAnswerWithoutASyncIsSeen() {
    assertThat(durable(REQUEST + WRITTEN + WOKEN + ANSWER)).containsExactly(false);
  }

  @Test
  void aSyncAfterTheAnswerIsTooLate() {
    assertThat(durable(REQUEST + WRITTEN + WOKEN + ANSWER + SYNCED)).containsExactly(false);
  }

  @Test
  void aSyncBeforeTheWriteIsTooEarly() {
    assertThat(durable(REQUEST + SYNCED + WRITTEN + WOKEN + ANSWER)).containsExactly(false);
  }

  @Test
  void aSyncOfAnotherFileDoesNotCount() {
    String other = SYNCED.replace("floor.sqlite-wal", "floor.sqlite");

    assertThat(durable(REQUEST + WRITTEN + other + ANSWER)).containsExactly(false);
  }

  @Test
  void aSyncThatFailedDoesNotCount() {
    String failed = SYNCED.replace("= 0", "= -1 EIO (Input/output error)");

    assertThat(durable(REQUEST + WRITTEN + failed + ANSWER)).containsExactly(false);
  }

  @Test
  void aSyncThatIsNotOverWhenTheAnswerLeavesDoesNotCount() {
    String begun = "13939 10:42:22.660461 fsync(40</data/floor.sqlite-wal> <unfinished ...>\n";
    String over = "13939 10:42:22.667463 <... fsync resumed>) = 0\n";

    assertThat(durable(REQUEST + WRITTEN + begun + ANSWER + over)).containsExactly(false);
    assertThat(durable(REQUEST + WRITTEN + begun + over + ANSWER)).containsExactly(true);
  }

  @Test
  void aRequestThatWasReadInTwoLinesIsOne() {
    String begun = "13958 10:42:22.655000 read(55<socket:[93525]>,  <unfinished ...>\n";
    String over =
        """
        13958 10:42:22.656776 <... read resumed>"POST /v1/intents HTTP/1.1\\r\\nHost: 127.0.0.1:40475"..., 2048) = 165
        """;

    assertThat(durable(begun + WRITTEN + SYNCED + over + ANSWER)).containsExactly(false);
    assertThat(durable(begun + over + WRITTEN + SYNCED + ANSWER)).containsExactly(true);
  }

  @Test
  void anAnswerOnAnotherConnectionIsNotTheAnswer() {
    String other = ANSWER.replace("93525", "93530");

    assertThat(durable(REQUEST + WRITTEN + other + SYNCED + ANSWER)).containsExactly(true);
  }

  private static List<Boolean> durable(String lines) {
    return SystemCalls.parse(lines.lines().toList()).exchanges("POST /v1/intents ").stream()
        .map(SystemCalls.Exchange::durable)
        .toList();
  }
}
