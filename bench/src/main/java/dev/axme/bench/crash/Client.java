package dev.axme.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One client: it creates approvals of several forms and decides, cancels, shortens and reads its
 * own, one call at a time. What it does follows from its seed.
 */
final class Client implements Runnable {
  private static final List<Sent.Form> FORMS = List.of(Sent.Form.values());

  private final Random random;
  private final Victim victim;
  private final Journal journal;
  private final Findings findings;
  private final AtomicBoolean enough;
  private final Duration pause;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Sent> open = new ArrayList<>();

  Client(long seed, Victim victim, Path journal, Findings findings, AtomicBoolean enough)
      throws IOException {
    this.random = new Random(seed);
    this.victim = victim;
    this.journal = new Journal(journal);
    this.findings = findings;
    this.enough = enough;
    this.pause = Duration.ofMillis(4 + random.nextInt(8));
  }

  /** Everything it sent; to be read after it has ended. */
  List<Sent> sent() {
    return sent;
  }

  @Override
  public void run() {
    try (journal) {
      while (!enough.get()) {
        act();
        LockSupport.parkNanos(random.nextLong(2 * pause.toNanos()));
      }
    } catch (IOException | InterruptedException | IllegalStateException e) {
      findings.add("A client failed", e);
    }
  }

  private void act() throws IOException, InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 45 || open.isEmpty()) {
      create();
      return;
    }
    Sent intent = open.get(random.nextInt(open.size()));
    String path = "/v1/intents/" + intent.id().orElseThrow();
    if (dice < 70) {
      call(intent, Call.Kind.APPROVE, path + "/resume", decision("approved"));
    } else if (dice < 82) {
      call(intent, Call.Kind.REJECT, path + "/resume", decision("rejected"));
    } else if (dice < 87) {
      String body = "{\"status\":\"CANCELED\",\"reason\":\"no longer needed\"}";
      call(intent, Call.Kind.CANCEL, path + "/resolve", body);
    } else if (dice < 91) {
      String body = "{\"controls_patch\":{\"timeout_seconds\":" + (1 + random.nextInt(3)) + "}}";
      call(intent, Call.Kind.SHORTEN, path + "/controls", body);
    } else {
      look(intent, path + "/events");
    }
    if (intent.closed()) {
      open.remove(intent);
    }
  }

  private void create() throws IOException, InterruptedException {
    var form = FORMS.get(random.nextInt(FORMS.size()));
    String correlation = uuid();
    String body =
        """
        {"intent_type":"human_approval","to_agent":"agent://approver","correlation_id":"%s",\
        "payload":{"task":"Deploy model v2.3 to production","risk_level":"high","n":%d}%s}"""
            .formatted(correlation, sent.size(), timers(form));
    var call = Call.of(Call.Kind.CREATE, uuid(), "/v1/intents", body);
    journal.write(call);
    var answer = victim.answer(call);
    boolean tooLate = form == Sent.Form.DEADLINE && answer.status() == 422;
    findings.expect(
        answer.done() || tooLate, "A create was refused", answer.status(), answer.body());
    var made = new Sent(form, correlation, answer);
    sent.add(made);
    if (answer.done()) {
      open.add(made);
    }
  }

  private String timers(Sent.Form form) {
    return switch (form) {
      case PLAIN -> "";
      case REMINDED ->
          ",\"remind_after_seconds\":1,\"remind_interval_seconds\":1,\"max_reminders\":"
              + Checker.MAX_REMINDERS
              + ",\"escalate_to\":\"lead@example.com\"";
      case DEADLINE ->
          ",\"remind_after_seconds\":1,\"deadline_at\":\""
              + Instant.now().plusMillis(1000 + random.nextInt(2000))
              + "\"";
    };
  }

  private void call(Sent intent, Call.Kind kind, String path, String body)
      throws IOException, InterruptedException {
    var call = Call.of(kind, uuid(), path, body);
    journal.write(call);
    var answer = victim.answer(call);
    findings.expect(
        answer.done() || answer.status() == 409,
        "A call was refused",
        call,
        answer.status(),
        answer.body());
    intent.add(answer);
  }

  private void look(Sent intent, String path) throws InterruptedException {
    Optional<String> events = victim.read(path);
    if (events.isPresent()) {
      intent.seen().clear();
      Json.read(events.get()).path("events").forEach(intent.seen()::add);
    }
  }

  private static String decision(String outcome) {
    return "{\"task_result\":{\"outcome\":\"%s\",\"comment\":\"read it\"}}".formatted(outcome);
  }

  private String uuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
