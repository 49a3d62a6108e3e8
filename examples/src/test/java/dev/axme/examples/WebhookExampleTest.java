package dev.axme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver takes what the server signs, also after a rotation, and nothing else. */
class WebhookExampleTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void theReceiverIsToldAndBelievesTheServerOnly(@TempDir Path home) throws Exception {
    Path python = PythonEnvironment.interpreter("webhooks");
    Path program = Axme.repository().resolve("examples/webhooks/receiver.py");
    List<String> command = List.of(python.toString(), program.toString(), "0");
    try (Axme axme = Axme.up(home);
        Program receiver = Program.start(command, Map.of("AXME_WEBHOOK_SECRET", SECRET), home)) {
      String url = receiver.await("^listening on (http://127.0.0.1:\\d+/)$").group(1);
      String id =
          axme.run("webhooks", "create", url, "--events", "task.*", "--secret", SECRET, "--json")
              .await("\"subscription_id\": ?\"([0-9a-f-]{36})\"")
              .group(1);
      axme.run("webhooks", "test", id);
      receiver.await("^webhook.test $");
      axme.run("webhooks", "rotate", id);

      String intent =
          axme.run("intents", "send", "Deploy model v2.3", "--json")
              .await("\"intent_id\": ?\"([0-9a-f-]{36})\"")
              .group(1);
      axme.run("tasks", "approve", intent, "--comment", "ok");

      receiver.await("^task.opened " + intent + "$");
      receiver.await("^approved by \\S+: .+$");
      assertThat(forged(url)).isEqualTo(401);
      receiver.await("^refused: .+$");
    }
  }

  private static int forged(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("webhook-id", "one")
            .header("webhook-timestamp", Long.toString(System.currentTimeMillis() / 1_000))
            .header("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
            .POST(BodyPublishers.ofString("{\"event_id\":\"1\",\"event_type\":\"task.decided\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
