package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People hear of a question by mail, over real SMTP, and the requester hears that they did. */
class MailTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path data;

  private final GreenMail post =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private Running running;

  @BeforeEach
  void start() {
    post.start();
    running = start(post.getSmtp().getPort());
  }

  private Running start(int port) {
    return Running.start(
        data,
        "--smtp-host=127.0.0.1",
        "--smtp-port=" + port,
        "--smtp-security=none",
        "--mail-from=Approvals <axme@axme.example.com>",
        "--public-url=https://axme.example.com");
  }

  @AfterEach
  void stop() {
    running.close();
    post.stop();
  }

  private String ask(String more) {
    return running.create(
        "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent_core\","
            + "\"payload\":{\"change\":\"v2.3 <b>now</b>\",\"risk\":\"high\"},"
            + more
            + "}");
  }

  private static String named(String more) {
    return "\"human_task\":{\"title\":\"Deploy model v2.3\",\"assignees\":[\"ann@example.com\"]"
        + more
        + "}";
  }

  /** The mails to {@code address}, once there are so many. */
  private List<MimeMessage> mails(String address, int count) {
    return await(
        () ->
            Arrays.stream(post.getReceivedMessages())
                .filter(m -> header(m, "To").equals(address))
                .toList(),
        all -> all.size() >= count);
  }

  /** What became of the notices, once {@code enough} is there. */
  private List<String> told(String id, String enough) {
    return await(
        () -> {
          List<String> lines = new ArrayList<>();
          for (JsonNode n : notifications(id)) {
            lines.add(
                n.path("kind").asText()
                    + " "
                    + n.path("to").asText()
                    + " "
                    + n.path("state").asText());
          }
          return lines;
        },
        lines -> lines.contains(enough));
  }

  private JsonNode notifications(String id) {
    return running.get("/v1/intents/" + id + "/notifications").ok().path("notifications");
  }

  private static <T> T await(Supplier<T> look, Predicate<T> enough) {
    Executor soon = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    Instant end = Instant.now().plus(SOON);
    T seen = look.get();
    while (!enough.test(seen)) {
      assertThat(Instant.now()).as("still %s", seen).isBefore(end);
      CompletableFuture.runAsync(() -> {}, soon).join();
      seen = look.get();
    }
    return seen;
  }

  private static String header(MimeMessage mail, String name) {
    try {
      String[] values = mail.getHeader(name);
      return values == null ? "" : values[0];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(MimeMessage mail, int number) throws Exception {
    BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(number);
    return part.getContent().toString().replace("\r\n", "\n");
  }

  @Test
  void aQuestionIsOneConversationFromTheFirstMailToTheLastWord() throws Exception {
    String id =
        ask(
            named("")
                + ",\"remind_after_seconds\":1,\"remind_interval_seconds\":600,\"max_reminders\":2");

    List<MimeMessage> mails = mails("ann@example.com", 2);
    told(id, "reminded ann@example.com sent");
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true,\"comment\":\"Go.\"}").ok();
    MimeMessage last = mails("ann@example.com", 3).get(2);

    MimeMessage first = mails.getFirst();
    String begun = first.getMessageID();
    assertThat(first.getSubject()).isEqualTo("agent wants to deploy model v2.3");
    assertThat(header(first, "From")).isEqualTo("Approvals <axme@axme.example.com>");
    assertThat(header(first, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(part(first, 0))
        .contains("High risk", "  v2.3 <b>now</b>")
        .contains("\nhttps://axme.example.com/t/")
        .doesNotContain("axme tasks");
    assertThat(part(first, 1)).contains("v2.3 &lt;b&gt;now&lt;/b&gt;").doesNotContain("<b>now");
    assertThat(part(mails.get(1), 0)).contains("Reminder 1 of 2: nobody has decided yet.");
    assertThat(link(mails.get(1))).isEqualTo(link(first));
    assertThat(part(last, 0))
        .contains("Approved by ", "There is nothing left to do.", "| Go.")
        .doesNotContain("/t/");
    for (MimeMessage later : List.of(mails.get(1), last)) {
      assertThat(header(later, "References")).isEqualTo(begun);
      assertThat(header(later, "In-Reply-To")).isEqualTo(begun);
      assertThat(later.getSubject()).isEqualTo("Re: agent wants to deploy model v2.3");
      assertThat(later.getMessageID()).isNotEqualTo(begun);
    }
    assertThat(told(id, "ended ann@example.com sent"))
        .containsExactly(
            "asked ann@example.com sent",
            "reminded ann@example.com sent",
            "ended ann@example.com sent");
    assertThat(notifications(id).path(0).path("answer").asText()).startsWith("250");
    assertThat(running.story(id).getLast()).isEqualTo("intent.completed COMPLETED");
  }

  private static String link(MimeMessage mail) throws Exception {
    return part(mail, 0).lines().filter(l -> l.startsWith("https://")).findFirst().orElseThrow();
  }

  @Test
  void whoeverDecidesHearsNoLastWord() {
    String id =
        ask(
            "\"human_task\":{\"title\":\"Deploy\",\"assignees\":[\"ann@example.com\",\"org_owner\"]}");
    mails("owner@localhost", 1);
    told(id, "asked owner@localhost sent");
    told(id, "asked ann@example.com sent");

    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":false}").ok();

    assertThat(told(id, "ended ann@example.com sent")).doesNotContain("ended owner@localhost sent");
    assertThat(mails("owner@localhost", 1)).hasSize(1);
  }

  @Test
  void anEscalationReachesTheNextPerson() throws Exception {
    String id =
        ask(
            named("")
                + ",\"remind_after_seconds\":1,\"remind_interval_seconds\":1,\"max_reminders\":0,"
                + "\"escalate_to\":\"bea@example.com\"");

    MimeMessage mail = mails("bea@example.com", 1).getFirst();

    assertThat(part(mail, 0)).contains("Nobody has decided yet, so this goes to you too.");
    assertThat(told(id, "escalated bea@example.com sent")).contains("asked ann@example.com sent");
  }

  @Test
  void aQuestionToNobodyInParticularGoesToWhoeverRunsThePlace() {
    String id = ask("\"human_task\":{\"title\":\"Deploy\"}");

    mails("owner@localhost", 1);

    assertThat(told(id, "asked owner@localhost sent")).hasSize(1);
  }

  @Test
  void anAddressOfTheSendersIsToldToo() {
    ask(named(",\"notify_email\":\"Carol@example.com\""));

    mails("carol@example.com", 1);
    mails("ann@example.com", 1);
  }

  @Test
  void anAddressThatIsNoneIsSaidAndNobodyElseGetsIt() {
    String id = ask(named(",\"notify_email\":\"carol@example.com\\r\\nBcc: eve@example.com\""));

    told(id, "asked ann@example.com sent");
    JsonNode failed =
        await(
            () -> notifications(id),
            all -> all.valueStream().anyMatch(n -> n.path("state").asText().equals("failed")));

    assertThat(failed.valueStream().filter(n -> n.path("state").asText().equals("failed")))
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.path("final").asBoolean()).isTrue();
              assertThat(n.path("answer").asText()).contains("no mail can be sent");
            });
    assertThat(post.getReceivedMessages()).hasSize(1);
    assertThat(GreenMailUtil.getWholeMessage(post.getReceivedMessages()[0])).doesNotContain("eve@");
  }

  @Test
  void aServerThatIsAwayIsSaidToTheRequester() {
    post.stop();

    String id = ask(named(""));

    told(id, "asked ann@example.com failed");
    JsonNode first = notifications(id).path(0);
    assertThat(first.path("final").asBoolean()).isFalse();
    assertThat(first.path("answer").asText()).contains("127.0.0.1");
  }

  @Test
  void aWorkflowTellsSomebody() throws Exception {
    String id =
        running
            .post(
                "/v1/scenarios/apply",
                """
                {"scenario_id":"tells","workflow":{"steps":[
                   {"step_id":"tell","runtime_type":"notification","runtime_config":{
                     "channels":["email"],"to":"finance@example.com",
                     "subject":"Paid\\r\\nBcc: eve@example.com","body":"See {{intent_id}}.\\nDone."}}]},
                 "intent":{"type":"report.build.v1"}}
                """)
            .ok()
            .path("intent_id")
            .textValue();

    MimeMessage mail = mails("finance@example.com", 1).getFirst();

    assertThat(mail.getSubject()).isEqualTo("agent says: Paid Bcc: eve@example.com");
    assertThat(part(mail, 0)).contains("  | See " + id + ".\n  | Done.");
    assertThat(told(id, "told finance@example.com sent")).hasSize(1);
    assertThat(post.getReceivedMessages()).hasSize(1);
  }

  @Test
  void withoutMailTheLogSaysThatNobodyWasTold(@TempDir Path other) {
    try (Running off = Running.start(other, "--mail-file=off")) {
      String id = off.ask();

      JsonNode told = off.get("/v1/intents/" + id + "/notifications").ok().path("notifications");

      assertThat(told).hasSize(1);
      assertThat(told.path(0).path("state").asText()).isEqualTo("skipped");
      assertThat(told.path(0).path("answer").asText()).isEqualTo("no channel");
      assertThat(other.resolve("mail")).doesNotExist();
      assertThat(off.send("GET", "/health", "", "").ok().path("mail").asText()).isEqualTo("off");
    }
  }

  @Test
  void withoutAMailServerMailsAreFiles(@TempDir Path other) {
    try (Running files = Running.start(other)) {
      files.ask();

      List<Path> mails = await(() -> list(other.resolve("mail")), all -> !all.isEmpty());

      assertThat(mails.getFirst().toString()).endsWith(".eml");
      assertThat(read(mails.getFirst()))
          .contains("axme tasks approve ", files.server().baseUrl() + "/t/");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("=\r\n", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".eml")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anotherWorkspaceDoesNotLearnWhoWasTold() {
    String id = ask(named(""));
    String path = "/v1/intents/" + id + "/notifications";

    assertThat(running.send("GET", path, "", "").status()).isEqualTo(401);
    assertThat(running.get("/v1/intents/" + Running.nobody() + "/notifications").status())
        .isEqualTo(404);
    assertThat(running.get("/v1/intents/none/notifications").status()).isEqualTo(404);
  }
}
