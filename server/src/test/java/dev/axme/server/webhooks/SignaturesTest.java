package dev.axme.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.outbox.Signature;
import dev.axme.store.Webhooks.Retired;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The values come from other implementations: the published test vector, and Python's hmac. */
class SignaturesTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  @Test
  void standardWebhooksHaveThePublishedSignature() {
    assertThat(Signatures.standard(SECRET, Optional.empty(), ID, AT, BODY))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void theProtocolsSignatureIsOverTheBodyWithTheSecretsText() {
    assertThat(Signature.of(SECRET, new String(BODY, StandardCharsets.UTF_8)))
        .isEqualTo("sha256=80ec8a89ce3cd22133a1066caecb4d04fea7467657c8514d717ec42c38a5c94c");
  }

  @Test
  void aRetiredSecretSignsBesideUntilItsTime() {
    Optional<Retired> until = Optional.of(new Retired("an-older-secret-1", AT.plusSeconds(1)));
    Optional<Retired> over = Optional.of(new Retired("an-older-secret-1", AT));
    String fresh = Signatures.standard(SECRET, Optional.empty(), ID, AT, BODY);
    String old = Signatures.standard("an-older-secret-1", Optional.empty(), ID, AT, BODY);

    assertThat(Signatures.standard(SECRET, until, ID, AT, BODY)).isEqualTo(fresh + " " + old);
    assertThat(Signatures.standard(SECRET, over, ID, AT, BODY)).isEqualTo(fresh);
  }

  @Test
  void aGeneratedSecretHas256BitsAndIsAnotherEachTime() {
    String one = Signatures.generate();

    assertThat(Base64.getDecoder().decode(one.substring(6))).hasSize(32);
    assertThat(one).startsWith("whsec_").isNotEqualTo(Signatures.generate());
    assertThat(Signatures.checked(one)).isEqualTo(one);
  }
}
