package dev.axme.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/** People, agents, questions and plans that the tests of the rules share. */
final class Samples {
  static final Instant NOON = Instant.parse("2027-01-04T12:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final IntentId INTENT = IntentId.of("01940000-0000-7000-8000-000000000001");
  static final TaskId TASK = TaskId.of("01940000-0000-7000-8000-00000000000a");
  static final TaskId OTHER_TASK = TaskId.of("01940000-0000-7000-8000-00000000000b");

  static final Actor.Agent REQUESTER = agent("requester");
  static final Actor.Agent WORKER = agent("worker");
  static final Actor.Agent SECOND = agent("second");
  static final Actor.Agent STRANGER = agent("stranger");
  static final List<Actor> AGENTS = List.of(REQUESTER, WORKER, SECOND, STRANGER);

  static final Actor.Human ALICE = human(1, "alice", "member");
  static final Actor.Human BOB = human(2, "bob", "member");
  static final Actor.Human RITA = human(3, "rita", "member", "reviewer");
  static final Actor.Human OWNER = human(4, "olga", "org_owner");
  static final List<Actor> PEOPLE = List.of(ALICE, BOB, RITA, OWNER);

  static final Actor.Clock CLOCK = new Actor.Clock();

  static final Assignee TO_ALICE = new Assignee.Email("alice@acme.test");
  static final Assignee TO_REVIEWERS = new Assignee.Role("reviewer");
  static final Payload FORM = payload('f');
  static final Payload RESULT = payload('a');

  private Samples() {}

  static Actor.Agent agent(String name) {
    return new Actor.Agent(new Address("agent://acme/main/" + name));
  }

  static Actor.Human human(int number, String name, String... roles) {
    PersonId id = new PersonId(new UUID(0, number));
    return new Actor.Human(
        new Person(id, name + "@acme.test", name, List.of(roles)), agent(name).address());
  }

  static Payload payload(char digit) {
    return new Payload(digest(digit), 2);
  }

  static Digest digest(char digit) {
    return new Digest(String.valueOf(digit).repeat(64));
  }

  static IntentRequest request() {
    return request(true, Optional.empty());
  }

  static IntentRequest openRequest() {
    return request(false, Optional.empty());
  }

  static IntentRequest remindedRequest(ReminderPlan plan) {
    return request(true, Optional.of(plan));
  }

  static IntentRequest request(boolean registered, Optional<ReminderPlan> reminders) {
    return new IntentRequest(
        "deploy.v1",
        REQUESTER.address(),
        Optional.empty(),
        Mailbox.here(WORKER.address()),
        "worker",
        registered,
        new UUID(0, 9),
        payload('1'),
        Optional.empty(),
        Optional.empty(),
        3,
        reminders,
        Optional.empty());
  }

  /** What a person sends from their own address, and so decides as their own. */
  static IntentRequest requestFrom(Actor.Human human) {
    IntentRequest r = request();
    return new IntentRequest(
        r.type(),
        human.address(),
        r.claimedFrom(),
        r.to(),
        r.toAsWritten(),
        r.toRegistered(),
        r.correlation(),
        r.payload(),
        r.metadata(),
        r.replyTo(),
        r.maxDeliveryAttempts(),
        r.reminders(),
        r.trace());
  }

  static ReminderPlan hourly(int max) {
    return new ReminderPlan(HOUR, HOUR.multipliedBy(2), max, Optional.empty());
  }

  static ReminderPlan hourlyThen(int max, Assignee escalateTo) {
    return new ReminderPlan(HOUR, HOUR.multipliedBy(2), max, Optional.of(escalateTo));
  }

  /** An approval that everybody who may decide in the workspace can answer. */
  static TaskDraft approval(Assignee... assignees) {
    return new Question(List.of("approved", "rejected"), false).to(assignees).draft();
  }

  static TaskDraft question(boolean given, String... outcomes) {
    return new Question(List.of(outcomes), given).draft();
  }

  static TaskDraft commented() {
    return new Question(List.of("approved", "rejected"), false).wants(true, false).draft();
  }

  static TaskDraft evidenced() {
    return new Question(List.of("completed", "failed"), false).wants(false, true).draft();
  }

  static TaskDraft formed() {
    return new Question(List.of("submitted", "rejected"), false).form().draft();
  }

  @SafeVarargs
  static SequencedMap<String, Optional<Payload>> patch(
      Map.Entry<String, Optional<Payload>>... entries) {
    SequencedMap<String, Optional<Payload>> patch = new LinkedHashMap<>();
    for (Map.Entry<String, Optional<Payload>> entry : entries) {
      patch.put(entry.getKey(), entry.getValue());
    }
    return patch;
  }

  /** The parts of a draft that tests vary. */
  record Question(
      List<String> outcomes,
      boolean given,
      boolean comment,
      boolean evidence,
      List<Assignee> assignees,
      Optional<Payload> withForm) {
    Question(List<String> outcomes, boolean given) {
      this(outcomes, given, false, false, List.of(), Optional.empty());
    }

    Question to(Assignee... names) {
      return new Question(outcomes, given, comment, evidence, List.of(names), withForm);
    }

    Question wants(boolean aComment, boolean anEvidence) {
      return new Question(outcomes, given, aComment, anEvidence, assignees, withForm);
    }

    Question form() {
      return new Question(outcomes, given, comment, evidence, assignees, Optional.of(FORM));
    }

    TaskDraft draft() {
      return new TaskDraft(
          "Deploy model v2.3 to production",
          "approval",
          outcomes,
          given,
          comment,
          evidence,
          assignees,
          withForm,
          payload('2'),
          digest('3'));
    }
  }
}
