package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks from the command line, against a real server and a real receiver. */
@ExtendWith(RealServer.class)
class WebhooksTest {
  @TempDir private Path home;
  private At owner = At.home(Path.of("."));
  private HttpServer receiver;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;

  WebhooksTest() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.UTF_8));
          byte[] said = "it is \u001b[31mred".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    receiver.start();
  }

  @BeforeEach
  void owner(Running server) {
    owner = server.owner(home);
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
  }

  private String create(String... more) {
    String[] args = new String[more.length + 4];
    System.arraycopy(new String[] {"webhooks", "create", url(), "--json"}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return field(owner.axme(args).out(), "subscription_id");
  }

  private static String field(String json, String name) {
    Matcher field = Pattern.compile("\"" + name + "\": ?\"([^\"]+)\"").matcher(json);
    assertThat(field.find()).as(name + " in " + json).isTrue();
    return field.group(1);
  }

  @Test
  void aSubscriptionIsMadeListedTestedAndDeleted() {
    Typed made = owner.axme("webhooks", "create", url(), "--events", "task.decided,intent.*");
    Typed list = owner.axme("webhooks", "list");
    Matcher id = Pattern.compile("[0-9a-f-]{36}").matcher(made.err());
    assertThat(id.find()).isTrue();
    Typed test = owner.axme("webhooks", "test", id.group());
    Typed attempts = owner.axme("webhooks", "attempts", id.group());
    Typed deleted = owner.axme("webhooks", "delete", id.group());

    assertThat(made.line()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(list.out()).contains(id.group(), "active", "task.decided intent.*", url());
    assertThat(test.exitCode()).isEqualTo(Exit.DONE);
    assertThat(test.line()).startsWith("delivered: 200 it is ").doesNotContain("\u001b");
    assertThat(received).hasSize(1).allSatisfy(b -> assertThat(b).contains("webhook.test"));
    assertThat(attempts.out()).contains("webhook.test", "delivered: 200");
    assertThat(deleted.line()).isEqualTo("Deleted: " + id.group());
    assertThat(owner.axme("webhooks", "list").out()).doesNotContain(id.group());
    assertThat(owner.axme("webhooks", "list", "--inactive").out()).contains(id.group(), "deleted");
  }

  @Test
  void aReceiverThatFailsIsSeenAndWhatItMissedIsSentAgain() {
    String id = create("--events", "auth.session_revoked");
    answer = 500;

    Typed test = owner.axme("webhooks", "test", id);
    answer = 410;
    Typed gone = owner.axme("webhooks", "test", id, "--json");
    Typed list = owner.axme("webhooks", "list", "--inactive");
    answer = 200;
    assertThat(create("--events", "auth.session_revoked")).isEqualTo(id);
    Typed replayed = owner.axme("webhooks", "replay", field(gone.out(), "event_id"));

    assertThat(test.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(test.line()).startsWith("pending: 500 it is ").contains(", again in ");
    assertThat(gone.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(gone.out()).contains("dead_lettered");
    assertThat(list.out()).contains("disabled");
    assertThat(replayed.line()).isEqualTo("Queued webhook.test for 1 subscription.");
    owner.axme("webhooks", "delete", id);
  }

  @Test
  void aSecretTakesTheOthersPlace() {
    String id = create("--secret", "one-of-my-own-choice");

    Typed rotated = owner.axme("webhooks", "rotate", id);

    assertThat(rotated.line()).startsWith("whsec_");
    assertThat(rotated.err()).contains("24 hours");
    owner.axme("webhooks", "delete", id);
  }

  @Test
  void whatIsWrongIsSaid() {
    Typed type = owner.axme("webhooks", "create", url(), "--events", "nonsense");
    Typed address = owner.axme("webhooks", "create", "ftp://example.com/");
    Typed secret = owner.axme("webhooks", "create", url(), "--secret", "short");
    Typed id = owner.axme("webhooks", "test", "nonsense");
    Typed unknown = owner.axme("webhooks", "replay", "019aa7c4-5b1e-7c3a-9d11-0c4b8f7a2e01");

    assertThat(type.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(type.err()).contains("task.decided");
    assertThat(address.err()).contains("http or https");
    assertThat(secret.err()).contains("16 to 128");
    assertThat(id.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(unknown.exitCode()).isEqualTo(Exit.ERROR);
  }
}
