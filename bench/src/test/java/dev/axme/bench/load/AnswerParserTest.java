package dev.axme.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AnswerParserTest {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: 20\r\n\r\n"
          + "{\"intent_id\":\"i-77\"}";

  private final AnswerParser parser = new AnswerParser();

  @Test
  void anAnswerThatArrivesByteByByteIsWholeWithItsLastByte() {
    for (int i = 0; i < ANSWER.length() - 1; i++) {
      assertThat(feed(ANSWER.substring(i, i + 1))).isFalse();
    }

    assertThat(feed("}")).isTrue();
    assertThat(parser.status()).isEqualTo(200);
    assertThat(parser.body().string("intent_id")).isEqualTo("i-77");
  }

  @Test
  void aSecondAnswerIsReadAfterTheFirst() {
    feed(ANSWER);
    parser.reset();

    assertThat(feed("HTTP/1.1 503 Busy\r\nCONTENT-LENGTH: 0\r\n\r\n")).isTrue();
    assertThat(parser.status()).isEqualTo(503);
    assertThat(parser.body().text()).isEmpty();
  }

  @Test
  void anAnswerThatIsLargerThanTheBufferIsRead() {
    String body = "x".repeat(50_000);

    assertThat(feed("HTTP/1.1 200 OK\r\ncontent-length: 50000\r\n\r\n" + body)).isTrue();
    assertThat(parser.body().text()).isEqualTo(body);
  }

  @Test
  void anAnswerWithoutLengthIsNamed() {
    assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"))
        .hasMessageContaining("Content-Length");
  }

  private boolean feed(String text) {
    return parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
