package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.Digest;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Notice;
import dev.axme.core.Payload;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Result;
import dev.axme.core.TaskDraft;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** One of everything that is stored as JSON, full and empty, with values that never change. */
final class LogSamples {
  static final IntentId INTENT = IntentId.of("01940000-0000-7000-8000-000000000001");
  private static final TaskId TASK = TaskId.of("01940000-0000-7000-8000-00000000000a");
  private static final Address FROM = new Address("agent://acme/main/requester");
  private static final Address TO = new Address("agent://acme/main/worker");
  private static final Mailbox ABROAD =
      new Mailbox(TO, Optional.of(WorkspaceId.of("01940000-0000-7000-8000-0000000000bb")));
  private static final Instant AT = Instant.parse("2027-01-04T12:00:00.123456Z");
  private static final Optional<Payload> SOME = Optional.of(payload('a'));

  static final List<Assignee> ASSIGNEES =
      List.of(new Assignee.Email("alice@acme.test"), new Assignee.Role("reviewer"));
  static final List<Author> AUTHORS =
      List.of(
          new Author(Author.Kind.PERSON, "alice@acme.test", "Alice Liddell"),
          new Author(Author.Kind.AGENT, FROM.value(), "requester"),
          Author.CORE);
  static final List<Memo> MEMOS =
      List.of(
          new Memo.Accepted(INTENT, 3, List.of("unknown_assignee: \"bob\"")),
          new Memo.Accepted(INTENT, 1, List.of()),
          new Memo.StaleGeneration(INTENT, 7, AT));

  private LogSamples() {}

  private static Payload payload(char digit) {
    return new Payload(digest(digit), 1_234);
  }

  private static Digest digest(char digit) {
    return new Digest(String.valueOf(digit).repeat(64));
  }

  /** Every event at least once; where parts may be absent, once with and once without them. */
  static List<IntentEvent> events() {
    FlowSamples flows =
        new FlowSamples(AT, payload('c'), draft(ASSIGNEES, Optional.empty()), fullDecision());
    return Stream.concat(plain().stream(), flows.events(INTENT, fullRequest()).stream()).toList();
  }

  private static List<IntentEvent> plain() {
    return List.of(
        new IntentEvent.Created(
            INTENT, 1, fullRequest(), Optional.of(AT), Optional.empty(), Optional.empty()),
        new IntentEvent.Created(
            INTENT, 1, bareRequest(), Optional.empty(), Optional.empty(), Optional.empty()),
        new IntentEvent.Submitted(INTENT, 2),
        new IntentEvent.Delivered(INTENT, 3),
        new IntentEvent.TaskOpened(INTENT, 4, TASK, draft(ASSIGNEES, Optional.of(payload('f')))),
        new IntentEvent.TaskOpened(INTENT, 4, TASK, draft(List.of(), Optional.empty())),
        new IntentEvent.Reminded(INTENT, 5, 1),
        new IntentEvent.Escalated(INTENT, 6, new Assignee.Role("reviewer")),
        new IntentEvent.Escalated(INTENT, 6, new Assignee.Email("bob@acme.test")),
        new IntentEvent.TaskDecided(INTENT, 7, TASK, fullDecision()),
        new IntentEvent.TaskDecided(INTENT, 7, TASK, bareDecision()),
        new IntentEvent.Progressed(INTENT, 8, Optional.of("zwölf ✓ \"done\"\n"), SOME),
        new IntentEvent.Progressed(INTENT, 8, Optional.empty(), Optional.empty()),
        new IntentEvent.Transferred(INTENT, 9, Mailbox.here(FROM), Mailbox.here(TO)),
        new IntentEvent.Transferred(INTENT, 9, Mailbox.here(FROM), ABROAD),
        new IntentEvent.PickedUp(INTENT),
        new IntentEvent.DeliveryFailed(INTENT, 10, 3),
        new IntentEvent.Parked(INTENT, 10, TO),
        new IntentEvent.Completed(INTENT, 11, Optional.of(new Result.Given(payload('b')))),
        new IntentEvent.Completed(INTENT, 11, Optional.of(new Result.Decided(fullDecision()))),
        new IntentEvent.Completed(INTENT, 11, Optional.empty()),
        new IntentEvent.Failed(
            INTENT, 12, Optional.of("no"), SOME, Optional.of(new Result.Decided(bareDecision()))),
        new IntentEvent.Failed(INTENT, 12, Optional.empty(), Optional.empty(), Optional.empty()),
        new IntentEvent.Canceled(INTENT, 13, Optional.of("no longer needed")),
        new IntentEvent.Canceled(INTENT, 13, Optional.empty()),
        new IntentEvent.TimedOut(INTENT, 14, AT),
        new IntentEvent.GenerationChanged(INTENT, 2),
        new IntentEvent.ControlsChanged(INTENT, patch()),
        new IntentEvent.ControlsChanged(INTENT, new LinkedHashMap<>()),
        new IntentEvent.PolicyChanged(INTENT, patch()),
        new IntentEvent.DeadlineMoved(INTENT, Optional.of(AT)),
        new IntentEvent.DeadlineMoved(INTENT, Optional.empty()),
        notified(Optional.of("alice@example.com"), new Notice.Fate.Sent("250 2.0.0 OK")),
        notified(
            Optional.of("alice@example.com"), new Notice.Fate.Failed("550 no such user", true)),
        notified(Optional.of("alice@example.com"), new Notice.Fate.Seen()),
        notified(Optional.empty(), new Notice.Fate.Skipped("no channel")),
        new IntentEvent.LinksRevoked(INTENT, 1));
  }

  private static IntentEvent notified(Optional<String> to, Notice.Fate fate) {
    Notice notice = new Notice(Notice.Kind.REMINDED, Optional.of(TASK), 2, to);
    return new IntentEvent.Notified(INTENT, notice, fate);
  }

  private static IntentRequest fullRequest() {
    return new IntentRequest(
        "intent.deploy.v1",
        FROM,
        Optional.of("agent://somebody/else"),
        Mailbox.here(TO),
        "worker",
        true,
        UUID.fromString("01940000-0000-7000-8000-0000000000cc"),
        payload('1'),
        SOME,
        Optional.of(Mailbox.here(FROM)),
        3,
        Optional.of(
            new ReminderPlan(
                Duration.ofHours(4),
                Duration.ofMinutes(90),
                2,
                Optional.of(new Assignee.Role("reviewer")))),
        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
  }

  private static IntentRequest bareRequest() {
    return new IntentRequest(
        "t",
        FROM,
        Optional.empty(),
        Mailbox.here(TO),
        TO.value(),
        false,
        UUID.fromString("01940000-0000-7000-8000-0000000000cc"),
        payload('1'),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(new ReminderPlan(Duration.ofDays(1), Duration.ofDays(1), 0, Optional.empty())),
        Optional.empty());
  }

  private static TaskDraft draft(List<Assignee> assignees, Optional<Payload> form) {
    return new TaskDraft(
        "Deploy v2.3?",
        "approval",
        List.of("approved", "rejected"),
        !assignees.isEmpty(),
        true,
        false,
        assignees,
        form,
        payload('d'),
        digest('e'));
  }

  private static Decision fullDecision() {
    return new Decision(
        "approved",
        Optional.of("looks good"),
        SOME,
        AUTHORS.getFirst(),
        AT,
        Optional.of(digest('e')),
        true);
  }

  private static Decision bareDecision() {
    return new Decision(
        "rejected",
        Optional.empty(),
        Optional.empty(),
        AUTHORS.getFirst(),
        AT,
        Optional.empty(),
        false);
  }

  private static SequencedMap<String, Optional<Payload>> patch() {
    SequencedMap<String, Optional<Payload>> patch = new LinkedHashMap<>();
    patch.put("z_first", SOME);
    patch.put("a_removed", Optional.empty());
    return patch;
  }
}
