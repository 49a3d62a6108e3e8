package dev.axme.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RequestTemplateTest {
  private static final URI SERVER = URI.create("http://127.0.0.1:8420");

  @Test
  void eachRequestHasRandomUuidsOfItsOwn() {
    var template = RequestTemplate.post(SERVER, "/p", "", RequestTemplate.HOLE);
    var random = new SplittableRandom(1);

    String first = body(template, random);
    String second = body(template, random);

    assertThat(UUID.fromString(first).version()).isEqualTo(4);
    assertThat(UUID.fromString(first).variant()).isEqualTo(2);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void theLengthIsThatOfTheBodyInBytes() {
    var template = RequestTemplate.post(SERVER, "/p", "x-api-key: k\r\n", "\"é\"");
    var out = ByteBuffer.allocate(1000);

    template.fill(out, new SplittableRandom(1));

    assertThat(text(out)).contains("Content-Length: 4\r\nx-api-key: k\r\n\r\n\"é\"");
  }

  @Test
  void aCreateIsAboutSixHundredBytesLong() {
    assertThat(Creates.BODY.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(550, 650);
  }

  private static String body(RequestTemplate template, SplittableRandom random) {
    var out = ByteBuffer.allocate(1000);
    template.fill(out, random);
    String text = text(out);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static String text(ByteBuffer out) {
    return StandardCharsets.UTF_8.decode(out.flip()).toString();
  }
}
