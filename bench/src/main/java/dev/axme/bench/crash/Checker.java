package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What must hold after the last start, seen through the API: nothing acknowledged is lost or
 * doubled, histories are whole, no timer is lost or fired twice. Runs when no client does.
 */
final class Checker {
  static final int MAX_REMINDERS = 2;

  private static final Set<String> TERMINAL =
      Set.of("COMPLETED", "FAILED", "CANCELED", "TIMED_OUT");
  private static final Duration TIMER_PATIENCE = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Victim victim;
  private final Findings findings;

  Checker(Victim victim, Findings findings) {
    this.victim = victim;
    this.findings = findings;
  }

  void check(List<Sent> all) throws InterruptedException {
    awaitTimers(all);
    checkList(all);
    for (Sent intent : all) {
      checkCreated(intent);
      Optional<String> id = intent.id();
      if (id.isPresent()) {
        History history = history(id.get());
        checkHistory(history);
        checkAnswers(intent, history);
        checkTimers(intent, history);
      }
    }
    replay(all);
  }

  /** Everything on record is something that was acknowledged, once. */
  private void checkList(List<Sent> all) throws InterruptedException {
    Set<String> acknowledged = new HashSet<>();
    all.forEach(intent -> intent.id().ifPresent(acknowledged::add));
    Set<String> listed = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = read("/v1/intents?limit=1000" + cursor);
      for (JsonNode intent : page.path("intents")) {
        String id = intent.path("intent_id").asText();
        findings.expect(listed.add(id), "Listed twice", id);
        findings.expect(acknowledged.contains(id), "Exists, and nobody was told", id);
      }
      JsonNode next = page.path("next_cursor");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    for (String id : acknowledged) {
      findings.expect(listed.contains(id), "Acknowledged and not listed", id);
    }
  }

  private void checkCreated(Sent intent) throws InterruptedException {
    JsonNode found = read("/v1/intents?correlation_id=" + intent.correlation()).path("intents");
    int expected = intent.id().isPresent() ? 1 : 0;
    findings.expect(
        found.size() == expected,
        "Expected another number of intents of one correlation",
        expected,
        intent.correlation(),
        found);
    if (expected == 1 && found.size() == 1) {
      String id = found.get(0).path("intent_id").asText();
      findings.expect(
          intent.id().equals(Optional.of(id)),
          "Told another id than the stored one",
          intent.id(),
          id);
    }
  }

  /** Numbers from 1 without gaps; one terminal event at most, and nothing after it. */
  private void checkHistory(History history) {
    for (int i = 0; i < history.events.size(); i++) {
      JsonNode event = history.events.get(i);
      findings.expect(event.path("seq").asInt() == i + 1, "A gap in the numbers", i + 1, history);
      boolean last = i == history.events.size() - 1;
      boolean terminal = TERMINAL.contains(event.path("status").asText());
      findings.expect(last || !terminal, "Something follows an end", history);
    }
    String shown = history.intent.path("status").asText();
    findings.expect(
        shown.equals(history.lastStatus()),
        "The intent and its last event disagree",
        shown,
        history);
  }

  /** What was answered is what is on record, in the same words. */
  private void checkAnswers(Sent intent, History history) {
    for (Call.Answer answer : intent.answers()) {
      if (answer.status() == 409) {
        findings.expect(
            history.lastStatus().equals("TIMED_OUT"),
            "Refused as ended, but it ended otherwise",
            answer.call(),
            history);
      }
      if (!answer.done() || answer.call().kind() == Call.Kind.CREATE) {
        continue;
      }
      Sent.Ending.of(answer.call().kind())
          .ifPresent(
              ending ->
                  findings.expect(
                      history.lastStatus().equals(ending.name()),
                      "Acknowledged, but it ended otherwise",
                      answer.call(),
                      history));
      JsonNode event = Json.read(answer.body()).path("event");
      if (event.isObject()) {
        sameAsStored(event, history);
      }
    }
    intent.seen().forEach(event -> sameAsStored(event, history));
  }

  private void sameAsStored(JsonNode event, History history) {
    int seq = event.path("seq").asInt();
    boolean there = seq >= 1 && seq <= history.events.size();
    findings.expect(
        there && history.events.get(seq - 1).equals(event),
        "An event reads otherwise than when it was shown",
        event,
        history);
  }

  private void checkTimers(Sent intent, History history) {
    List<Integer> reminders = history.reminders();
    for (int i = 0; i < reminders.size(); i++) {
      findings.expect(
          reminders.get(i) == i + 1, "Reminders are not one after the other", reminders, history);
    }
    findings.expect(history.count("intent.escalated") <= 1, "Escalated twice", history);
    findings.expect(!timerMissing(intent, history), "A timer is lost", history);
  }

  /** Whether something that was due has not happened. */
  private static boolean timerMissing(Sent intent, History history) {
    if (TERMINAL.contains(history.lastStatus())) {
      return false;
    }
    boolean remindersMissing =
        intent.form() == Sent.Form.REMINDED
            && (history.reminders().size() < MAX_REMINDERS
                || history.count("intent.escalated") == 0);
    return remindersMissing || history.overdue();
  }

  private void awaitTimers(List<Sent> all) throws InterruptedException {
    long giveUp = System.nanoTime() + TIMER_PATIENCE.toNanos();
    List<Sent> waiting = new ArrayList<>(all);
    waiting.removeIf(intent -> intent.id().isEmpty() || intent.closed());
    while (System.nanoTime() < giveUp) {
      var still = new ArrayList<Sent>();
      for (Sent intent : waiting) {
        History history = history(intent.id().orElseThrow());
        if (timerMissing(intent, history) || history.deadlineAhead()) {
          still.add(intent);
        }
      }
      if (still.isEmpty()) {
        return;
      }
      waiting = still;
      LockSupport.parkNanos(200_000_000);
    }
  }

  /** An answered call that is sent again gets the same bytes; a new decision is refused. */
  private void replay(List<Sent> all) throws InterruptedException {
    for (Sent intent : all) {
      for (Call.Answer first : intent.answers()) {
        if (first.done()) {
          Call.Answer again = victim.answer(first.call());
          findings.expect(
              again.equals(first), "A repeated call was answered otherwise", first, again);
        }
      }
    }
    for (Sent intent : all.subList(0, Math.min(200, all.size()))) {
      if (intent.closed() && intent.id().isPresent()) {
        refuseAgain(intent.id().get());
      }
    }
  }

  private void refuseAgain(String id) throws InterruptedException {
    String body = "{\"task_result\":{\"outcome\":\"rejected\"}}";
    var late = Call.of(Call.Kind.REJECT, "late-" + id, "/v1/intents/" + id + "/resume", body);
    Call.Answer answer = victim.answer(late);
    findings.expect(answer.status() == 409, "An ended intent was decided again", answer);
  }

  private History history(String id) throws InterruptedException {
    JsonNode intent = read("/v1/intents/" + id).path("intent");
    var events = new ArrayList<JsonNode>();
    read("/v1/intents/" + id + "/events").path("events").forEach(events::add);
    return new History(intent, events);
  }

  private JsonNode read(String path) throws InterruptedException {
    return Json.read(
        victim.read(path).orElseThrow(() -> new IllegalStateException("No answer to GET " + path)));
  }

  /** One intent and its events as the API shows them. */
  private record History(JsonNode intent, List<JsonNode> events) {

    String lastStatus() {
      return events.isEmpty() ? "(no events)" : events.getLast().path("status").asText();
    }

    long count(String type) {
      return events.stream().filter(e -> e.path("event_type").asText().equals(type)).count();
    }

    List<Integer> reminders() {
      return events.stream()
          .filter(e -> e.path("event_type").asText().equals("intent.reminder"))
          .map(e -> e.path("details").path("reminder").asInt())
          .toList();
    }

    boolean overdue() {
      return deadline().filter(at -> at.plus(GRACE).isBefore(Instant.now())).isPresent();
    }

    boolean deadlineAhead() {
      return !TERMINAL.contains(lastStatus())
          && deadline().filter(at -> at.plus(GRACE).isAfter(Instant.now())).isPresent();
    }

    private Optional<Instant> deadline() {
      JsonNode at = intent.path("deadline_at");
      return at.isTextual() ? Optional.of(Instant.parse(at.asText())) : Optional.empty();
    }
  }
}
