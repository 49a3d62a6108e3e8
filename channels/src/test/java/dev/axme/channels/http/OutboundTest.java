package dev.axme.channels.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final List<String> lookups = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<String>> known = new LinkedHashMap<>();

  private InetAddress[] answer(String name) throws UnknownHostException {
    lookups.add(name);
    List<String> addresses = known.get(name);
    if (addresses == null) {
      throw new UnknownHostException(name);
    }
    return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private Outbound outbound(boolean privateAllowed) {
    return new Outbound(new CallRule(privateAllowed), this::answer, LIMIT, Optional.empty());
  }

  private static Post post(String url) {
    return new Post(url, new LinkedHashMap<>(), "{\"a\":1}");
  }

  private Outcome call(String url) {
    try (Outbound outbound = outbound(true)) {
      return outbound.post(post(url));
    }
  }

  private static Outcome.Answered answered(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return (Outcome.Answered) outcome;
  }

  private static Outcome.Failed failed(Outcome outcome, Outcome.Cause cause) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.cause()).as(failed.why()).isEqualTo(cause);
    return failed;
  }

  @Test
  void theBodyArrivesAndTheAnswerComesBack() {
    try (Endpoint endpoint = Endpoint.saying(OK);
        Outbound outbound = outbound(true)) {
      LinkedHashMap<String, String> headers = new LinkedHashMap<>();
      headers.put("X-Axme-Delivery", "d-1");

      Outcome outcome = outbound.post(new Post(endpoint.url() + "?q=1", headers, "{\"ü\":1}"));

      assertThat(answered(outcome).ok()).isTrue();
      assertThat(answered(outcome).text()).isEqualTo("fine");
      assertThat(endpoint.requests()).hasSize(1);
      assertThat(endpoint.requests().getFirst())
          .startsWith("POST /hook?q=1 HTTP/1.1\n")
          .containsIgnoringCase("host: 127.0.0.1:" + endpoint.port() + "\n")
          .containsIgnoringCase("x-axme-delivery: d-1\n")
          .containsIgnoringCase("content-type: application/json\n")
          .endsWith("\n\n{\"Ã¼\":1}");
    }
  }

  @Test
  void theNameIsLookedUpOnceAndStaysInTheHostHeader() {
    try (Endpoint endpoint = Endpoint.saying(OK)) {
      known.put("hook.example", List.of("127.0.0.1"));

      Outcome outcome = call("http://hook.example:" + endpoint.port() + "/");

      assertThat(answered(outcome).status()).isEqualTo(200);
      assertThat(lookups).containsExactly("hook.example");
      assertThat(endpoint.requests().getFirst())
          .containsIgnoringCase("host: hook.example:" + endpoint.port() + "\n");
    }
  }

  @Test
  void aNameThatIsBoundAnewAfterTheCheckLeadsNowhere() {
    // Nobody is behind 128.66.0.1, and a second lookup would lead to this machine.
    try (Endpoint endpoint = Endpoint.saying(OK);
        Outbound outbound =
            new Outbound(
                new CallRule(false),
                name -> {
                  lookups.add(name);
                  return new InetAddress[] {
                    InetAddress.ofLiteral(lookups.size() == 1 ? "128.66.0.1" : "127.0.0.1")
                  };
                },
                LIMIT,
                Optional.empty())) {
      String url = "http://rebind.example:" + endpoint.port() + "/";

      Outcome first = outbound.post(post(url));
      Outcome second = outbound.post(post(url));

      assertThat(first).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed) first).cause()).isNotEqualTo(Outcome.Cause.REFUSED);
      assertThat(failed(second, Outcome.Cause.REFUSED).why())
          .isEqualTo(
              "rebind.example leads to the private address 127.0.0.1;"
                  + " --allow-private-callbacks allows those.");
      assertThat(lookups).hasSize(2);
      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1"})
  void onePrivateAddressAmongAllForbidsTheCall(String address) {
    known.put("mixed.example", List.of("128.66.0.1", address));

    try (Outbound outbound = outbound(false)) {
      failed(outbound.post(post("http://mixed.example/")), Outcome.Cause.REFUSED);
    }
  }

  @Test
  void theNextAddressIsTriedWhenNobodyListensAtTheFirst() {
    try (Endpoint endpoint = Endpoint.saying(OK)) {
      known.put("two.example", List.of("127.0.0.2", "127.0.0.1"));

      assertThat(answered(call("http://two.example:" + endpoint.port() + "/")).ok()).isTrue();
    }
  }

  @Test
  void whereNobodyListensIsUnreachable() {
    int port;
    try (Endpoint endpoint = Endpoint.saying(OK)) {
      port = endpoint.port();
    }

    failed(call("http://127.0.0.1:" + port + "/"), Outcome.Cause.UNREACHABLE);
    assertThat(failed(call("http://nobody.example/"), Outcome.Cause.UNREACHABLE).why())
        .contains("nobody.example");
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    try (Endpoint secret = Endpoint.saying(OK);
        Endpoint endpoint =
            Endpoint.saying(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                    .formatted(secret.url()))) {
      Outcome.Answered outcome = answered(call(endpoint.url()));

      assertThat(outcome.status()).isEqualTo(307);
      assertThat(outcome.ok()).isFalse();
      assertThat(secret.requests()).isEmpty();
    }
  }

  @Test
  void whoeverNeverAnswersIsLeftInTime() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (Endpoint endpoint =
        Endpoint.playing(
            out -> {
              try {
                over.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      Outcome.Failed outcome = failed(call(endpoint.url()), Outcome.Cause.TIMED_OUT);

      assertThat(outcome.why()).isEqualTo("It did not answer in time (1 s).");
      assertThat(outcome.took()).isBetween(LIMIT.minusMillis(50), LIMIT.plusSeconds(2));
    }
    over.countDown();
  }

  /** Writes {@code again} for as long as it is read. */
  private static Endpoint forEver(String first, String again, Duration pause) {
    return Endpoint.playing(
        out -> {
          out.write(first.getBytes(UTF_8));
          long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
          CountDownLatch never = new CountDownLatch(1);
          byte[] part = again.getBytes(UTF_8);
          while (System.nanoTime() < end) {
            out.write(part);
            out.flush();
            try {
              never.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }

  @Test
  void anAnswerByteByByteEndsWithTheTime() {
    try (Endpoint head = forEver("HTTP/1.1 200 OK\r\nX-Slow: ", "a", Duration.ofMillis(20));
        Endpoint interim = forEver("", "HTTP/1.1 103 Early Hints\r\n\r\n", Duration.ofMillis(20));
        Endpoint body =
            forEver(
                "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", "b", Duration.ofMillis(20))) {
      failed(call(head.url()), Outcome.Cause.TIMED_OUT);
      failed(call(interim.url()), Outcome.Cause.TIMED_OUT);
      Outcome.Answered slow = answered(call(body.url()));

      assertThat(slow.status()).isEqualTo(200);
      assertThat(slow.text()).matches("b+").hasSizeLessThan(200);
      assertThat(slow.took()).isBetween(LIMIT.minusMillis(50), LIMIT.plusSeconds(2));
    }
  }

  @Test
  void tenGigabytesAreNotRead() {
    String part = "x".repeat(1 << 20);
    try (Endpoint endpoint =
        forEver(
            "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n", part, Duration.ofMillis(0))) {
      Outcome.Answered outcome = answered(call(endpoint.url()));

      assertThat(outcome.text()).isEqualTo("x".repeat(1_024));
      assertThat(outcome.took()).isLessThan(LIMIT);
    }
  }

  @Test
  void aHeadWithoutEndIsNotRead() {
    try (Endpoint endpoint =
        forEver("HTTP/1.1 200 OK\r\n", "X-A: " + "x".repeat(900) + "\r\n", Duration.ZERO)) {
      Outcome.Failed outcome = failed(call(endpoint.url()), Outcome.Cause.NOT_HTTP);

      assertThat(outcome.took()).isLessThan(LIMIT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example ESMTP ready\r\n250 HELO\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "<html>hello</html>\n\n"
      })
  void garbageIsNoAnswer(String said) {
    try (Endpoint endpoint = Endpoint.saying(said)) {
      Outcome outcome = call(endpoint.url());

      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed) outcome).cause())
          .isIn(Outcome.Cause.NOT_HTTP, Outcome.Cause.UNREACHABLE);
    }
  }

  @Test
  void whoeverClosesAtOnceIsUnreachable() {
    try (Endpoint endpoint = Endpoint.saying("")) {
      assertThat(failed(call(endpoint.url()), Outcome.Cause.UNREACHABLE).why())
          .contains("closed the connection");
    }
  }

  @Test
  void whatIsKeptCanBeShownOnATerminal() {
    String body = "\u001b[2Jé\u0000\u202eok\n".repeat(100);
    try (Endpoint endpoint =
        Endpoint.saying("HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n" + body)) {
      Outcome.Answered outcome = answered(call(endpoint.url()));

      assertThat(outcome.status()).isEqualTo(500);
      assertThat(outcome.text()).startsWith("?[2Jé??ok\n?[2J").hasSizeLessThanOrEqualTo(1_024);
    }
  }

  @Test
  void aLookupThatHangsHoldsNobodyElseUp() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (Endpoint endpoint = Endpoint.saying(OK);
        Outbound outbound =
            new Outbound(
                new CallRule(true),
                name -> {
                  if (name.startsWith("slow")) {
                    try {
                      over.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                      throw new UnknownHostException(name);
                    }
                  }
                  return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
                },
                LIMIT,
                Optional.empty())) {
      List<Outcome> slow = Collections.synchronizedList(new ArrayList<>());
      List<Thread> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String url = "http://slow" + i + ".example/";
        calls.add(Thread.ofVirtual().start(() -> slow.add(outbound.post(post(url)))));
      }

      Outcome quick = outbound.post(post("http://quick.example:" + endpoint.port() + "/"));

      assertThat(answered(quick).ok()).isTrue();
      for (Thread thread : calls) {
        thread.join();
      }
      assertThat(slow)
          .hasSize(8)
          .allSatisfy(o -> assertThat(failed(o, Outcome.Cause.TIMED_OUT).why()).contains("where"));
      over.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000", "ü"})
  void aHeaderOfTwoLinesIsABugOfTheCaller(String value) {
    LinkedHashMap<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Trace-Id", value);

    assertThatThrownBy(() -> new Post("http://127.0.0.1/", headers, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
