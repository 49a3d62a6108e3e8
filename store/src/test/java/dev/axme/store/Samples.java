package dev.axme.store;

import dev.axme.core.Actor;
import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.DeadlineRule;
import dev.axme.core.Digest;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Moment;
import dev.axme.core.Person;
import dev.axme.core.PersonId;
import dev.axme.core.ReminderPlan;
import dev.axme.core.TaskDraft;
import dev.axme.core.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** People, agents, payloads and questions that the store's tests share. */
final class Samples {
  static final Actor.Agent REQUESTER = agent("requester");
  static final Actor.Agent WORKER = agent("worker");
  static final Actor.Agent SECOND = agent("second");
  static final Actor.Human ALICE = human(1, "alice", "member");
  static final Actor.Human RITA = human(3, "rita", "member", "reviewer");
  static final Actor.Human OWNER = human(4, "olga", "org_owner");
  static final Actor.Clock CLOCK = new Actor.Clock();

  static final Assignee TO_ALICE = new Assignee.Email("alice@acme.test");
  static final Assignee TO_REVIEWERS = new Assignee.Role("reviewer");
  static final DeadlineRule NEVER = new DeadlineRule.Never();

  static final Blob PAYLOAD = blob("{\"model\":\"v2.3\"}");
  static final Blob QUESTION = blob("{\"title\":\"Deploy?\"}");
  static final Blob RESULT = blob("{\"done\":true}");

  private static final Instant NOON = Instant.parse("2027-01-04T12:00:00Z");
  private static final AtomicInteger IDS = new AtomicInteger();

  private Samples() {}

  /** A time-ordered id, later than all before it. */
  static UUID id() {
    int n = IDS.incrementAndGet();
    return new Moment(NOON.plusMillis(n), n).id(0);
  }

  static WorkspaceId workspace() {
    return new WorkspaceId(id());
  }

  static IntentId intent() {
    return new IntentId(id());
  }

  static Blob blob(String text) {
    return Blob.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Actor.Agent agent(String name) {
    return new Actor.Agent(new Address("agent://acme/main/" + name));
  }

  static Actor.Human human(int number, String name, String... roles) {
    PersonId id = new PersonId(new UUID(0, number));
    return new Actor.Human(
        new Person(id, name + "@acme.test", name, List.of(roles)), agent(name).address());
  }

  static IntentRequest request() {
    return request("deploy.v1", REQUESTER, WORKER, new UUID(0, 9), Optional.empty());
  }

  static IntentRequest request(
      String type,
      Actor.Agent from,
      Actor.Agent to,
      UUID correlation,
      Optional<ReminderPlan> reminders) {
    return new IntentRequest(
        type,
        from.address(),
        Optional.empty(),
        Mailbox.here(to.address()),
        to.address().name(),
        true,
        correlation,
        PAYLOAD.payload(),
        Optional.empty(),
        Optional.empty(),
        3,
        reminders,
        Optional.empty());
  }

  /** A request to one mailbox whose completion another one is told of. */
  static IntentRequest request(Mailbox to, Optional<Mailbox> replyTo) {
    return request(to, replyTo, 3);
  }

  static IntentRequest request(Mailbox to, Optional<Mailbox> replyTo, int attempts) {
    return new IntentRequest(
        "deploy.v1",
        REQUESTER.address(),
        Optional.empty(),
        to,
        to.address().name(),
        true,
        new UUID(0, 9),
        PAYLOAD.payload(),
        Optional.empty(),
        replyTo,
        attempts,
        Optional.empty(),
        Optional.empty());
  }

  static IntentRequest reminded(int max, Optional<Assignee> escalateTo) {
    Duration soon = Duration.ofNanos(1_000);
    return request(
        "deploy.v1",
        REQUESTER,
        WORKER,
        new UUID(0, 9),
        Optional.of(new ReminderPlan(soon, soon, max, escalateTo)));
  }

  static TaskDraft approval(Assignee... assignees) {
    return new TaskDraft(
        "Deploy model v2.3 to production",
        "approval",
        List.of("approved", "rejected"),
        false,
        false,
        false,
        List.of(assignees),
        Optional.empty(),
        QUESTION.payload(),
        shown());
  }

  static Digest shown() {
    return Blob.sha256("shown");
  }

  static RequestKey key(String key) {
    return new RequestKey("account_1", "POST /v1/intents", key, Blob.sha256("body of " + key));
  }
}
