package dev.axme.engine;

import dev.axme.core.Actor;
import dev.axme.core.Address;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Person;
import dev.axme.core.PersonId;
import dev.axme.core.ReminderPlan;
import dev.axme.core.TaskDraft;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Blob;
import dev.axme.store.Credential;
import dev.axme.store.RequestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Submissions as the routes would make them. */
final class Fixtures {
  static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(0x0194_0000_0000_7000L, 1));
  static final WorkspaceId OTHER_WORKSPACE = new WorkspaceId(new UUID(0x0194_0000_0000_7000L, 2));
  static final Actor.Agent REQUESTER = new Actor.Agent(new Address("agent://acme/main/requester"));
  static final Actor.Agent WORKER = new Actor.Agent(new Address("agent://acme/main/worker"));
  static final Actor.Human ALICE =
      new Actor.Human(
          new Person(new PersonId(new UUID(0, 1)), "alice@acme.test", "Alice", List.of("member")),
          new Address("agent://acme/main/alice"));

  /** So many attempts that a deadline is always missed, never a delivery. */
  private static final int NEVER_EXHAUSTED = 100_000_000;

  private static final Blob PAYLOAD = blob("{\"model\":\"v2.3\"}");
  private static final Blob DOCUMENT = blob("{\"title\":\"Deploy model v2.3?\"}");

  private Fixtures() {}

  static Blob blob(String json) {
    return Blob.of(json.getBytes(StandardCharsets.UTF_8));
  }

  /** An intent for an agent. */
  static Submission send(Ref ref) {
    return send(ref, new DeadlineRule.Never());
  }

  static Submission send(Ref ref, DeadlineRule deadline) {
    return send(ref, deadline, Optional.empty(), Optional.empty());
  }

  /** A question to Alice. */
  static Submission ask(Ref ref) {
    return send(ref, new DeadlineRule.Never(), Optional.of(approval()), Optional.empty());
  }

  /** A question to Alice, of whom she is reminded. */
  static Submission ask(Ref ref, ReminderPlan reminders) {
    return send(ref, new DeadlineRule.Never(), Optional.of(approval()), Optional.of(reminders));
  }

  static Submission decide(Ref ref, String outcome) {
    IntentCommand.Answer answer =
        new IntentCommand.Answer(
            outcome, Optional.empty(), false, Optional.empty(), Optional.empty());
    return order(
        ref,
        ALICE,
        new IntentCommand.Resume(
            ref.intent(),
            Optional.empty(),
            Optional.of(answer),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty()));
  }

  static Submission complete(Ref ref) {
    return order(
        ref,
        WORKER,
        new IntentCommand.Resolve(
            ref.intent(),
            IntentCommand.End.COMPLETED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty()));
  }

  /** One more append that ends nothing. */
  static Submission adjust(Ref ref) {
    return adjust(ref, new DeadlineRule.Keep(), OptionalInt.empty());
  }

  static Submission moveDeadline(Ref ref, Instant to) {
    return adjust(ref, new DeadlineRule.At(to), OptionalInt.empty());
  }

  static Submission adjust(Ref ref, DeadlineRule deadline, OptionalInt expectedGeneration) {
    return order(
        ref,
        REQUESTER,
        new IntentCommand.ChangeControls(
            ref.intent(), new LinkedHashMap<>(), deadline, expectedGeneration));
  }

  /** What no route may submit: the rules throw on it. */
  static Submission unruly(Ref ref) {
    return order(
        ref,
        WORKER,
        new IntentCommand.FireTimer(
            new Timer(ref.intent(), Timer.Kind.DEADLINE), ManualClock.NOON));
  }

  /** The same with an idempotency key; {@code body} stands for what the request said. */
  static Submission keyed(Submission s, String key, String body) {
    RequestKey request = new RequestKey("account-1", "POST /v1/intents", key, Blob.sha256(body));
    return new Submission(
        s.workspace(),
        s.root(),
        s.fresh(),
        s.actor(),
        s.credential(),
        s.command(),
        s.blobs(),
        Optional.of(request),
        s.warnings(),
        s.timer());
  }

  static Submission authenticated(Submission s, Credential credential) {
    return new Submission(
        s.workspace(),
        s.root(),
        s.fresh(),
        s.actor(),
        Optional.of(credential),
        s.command(),
        s.blobs(),
        s.request(),
        s.warnings(),
        s.timer());
  }

  /** The same with this much to store beside it. */
  static Submission heavy(Submission s, Blob blob) {
    return new Submission(
        s.workspace(),
        s.root(),
        s.fresh(),
        s.actor(),
        s.credential(),
        s.command(),
        List.of(blob),
        s.request(),
        s.warnings(),
        s.timer());
  }

  private static Submission send(
      Ref ref, DeadlineRule deadline, Optional<TaskDraft> task, Optional<ReminderPlan> reminders) {
    return new Submission(
        ref.workspace(),
        ref.root(),
        true,
        REQUESTER,
        Optional.empty(),
        new IntentCommand.Create(
            ref.intent(), request(reminders), deadline, task, Optional.empty()),
        List.of(PAYLOAD, DOCUMENT),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Submission order(Ref ref, Actor actor, IntentCommand command) {
    return new Submission(
        ref.workspace(),
        ref.root(),
        false,
        actor,
        Optional.empty(),
        command,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static IntentRequest request(Optional<ReminderPlan> reminders) {
    return new IntentRequest(
        "deploy.v1",
        REQUESTER.address(),
        Optional.empty(),
        Mailbox.here(WORKER.address()),
        "worker",
        true,
        new UUID(0, 9),
        PAYLOAD.payload(),
        Optional.empty(),
        Optional.empty(),
        NEVER_EXHAUSTED,
        reminders,
        Optional.empty());
  }

  private static TaskDraft approval() {
    return new TaskDraft(
        "Deploy model v2.3?",
        "approval",
        List.of("approved", "rejected"),
        false,
        false,
        false,
        List.of(),
        Optional.empty(),
        DOCUMENT.payload(),
        DOCUMENT.digest());
  }
}
