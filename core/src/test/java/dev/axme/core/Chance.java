package dev.axme.core;

import static dev.axme.core.Samples.HOUR;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Thinks of commands that make sense often enough, all from one seed. */
final class Chance {
  private static final List<IntentId> INTENTS =
      LongStream.rangeClosed(1, 6).mapToObj(n -> new IntentId(new UUID(1, n))).toList();
  private static final List<String> WORDS =
      List.of("approved", "rejected", " Rejected ", "provided", "declined", "nonsense", "");

  private final Random random;
  private final FlowChance flows;
  private Instant now = Samples.NOON;

  Chance(long seed) {
    this.random = new Random(seed);
    this.flows = new FlowChance(random);
  }

  /** A command that could come next, not before the one that came last. */
  Move next(Walk walk) {
    pass(walk);
    Moment moment = new Moment(now, random.nextLong(), random.nextInt(4) > 0);
    if (random.nextInt(8) == 0) {
      return new Move(Samples.CLOCK, ofTheServer(walk), moment);
    }
    if (random.nextInt(4) == 0) {
      return new Move(Samples.CLOCK, timer(walk), moment);
    }
    return new Move(actor(), command(walk), moment);
  }

  private Actor actor() {
    return switch (random.nextInt(6)) {
      case 0 -> Samples.REQUESTER;
      case 1, 2 -> one(Samples.AGENTS);
      default -> one(Samples.PEOPLE);
    };
  }

  /** Time stands still, goes on a little, or goes on to what is due next. */
  private void pass(Walk walk) {
    switch (random.nextInt(4)) {
      case 0 -> now = now.plusSeconds(random.nextInt(60));
      case 1 -> now = now.plus(HOUR.dividedBy(2));
      case 2 ->
          walk.timers().values().stream()
              .filter(due -> due.isAfter(now))
              .min(Instant::compareTo)
              .ifPresent(due -> now = due);
      default -> {}
    }
  }

  private IntentCommand ofTheServer(Walk walk) {
    IntentId id = intent(walk);
    Optional<TaskId> task = walk.root().intent(id).flatMap(Intent::lastTask).map(HumanTask::id);
    if (task.isEmpty() || random.nextInt(3) == 0) {
      Optional<Instant> since = walk.root().intent(id).map(i -> i.delivery().at());
      return new IntentCommand.GiveUp(id, since.orElse(now));
    }
    Notice notice =
        new Notice(
            Notice.Kind.ASKED, task, 0, Optional.of("p" + random.nextInt(3) + "@example.com"));
    return new IntentCommand.Note(
        id, notice, random.nextBoolean() ? new Notice.Fate.Seen() : new Notice.Fate.Sent("250 OK"));
  }

  private IntentCommand timer(Walk walk) {
    List<IntentCommand.FireTimer> due =
        walk.timers().entrySet().stream()
            .filter(e -> !e.getValue().isAfter(now))
            .map(e -> new IntentCommand.FireTimer(e.getKey(), e.getValue()))
            .toList();
    List<IntentCommand.FireTimer> seen = walk.seen();
    if (!due.isEmpty() && random.nextInt(4) > 0) {
      return one(due);
    }
    return seen.isEmpty() || random.nextInt(8) == 0
        ? new IntentCommand.FireTimer(new Timer(one(INTENTS), one(Timer.Kind.values())), now)
        : one(seen);
  }

  /** One that was sent, or one that a workflow made. */
  private IntentId intent(Walk walk) {
    List<IntentId> open =
        walk.root().intents().values().stream()
            .filter(i -> !i.phase().status().terminal())
            .map(Intent::id)
            .toList();
    return open.isEmpty() || random.nextInt(4) == 0 ? one(INTENTS) : one(open);
  }

  private IntentCommand command(Walk walk) {
    IntentId id = intent(walk);
    Optional<Intent> intent = walk.root().intent(id);
    if (intent.isEmpty() ? random.nextBoolean() : random.nextInt(20) == 0) {
      return create(id);
    }
    OptionalInt expected =
        random.nextInt(4) == 0
            ? OptionalInt.of(intent.map(Intent::generation).orElse(0) + random.nextInt(2))
            : OptionalInt.empty();
    return switch (random.nextInt(10)) {
      case 9 -> new IntentCommand.RevokeLinks(id);
      case 8 -> new IntentCommand.PickUp(id, agent().address());
      case 0 ->
          new IntentCommand.Resolve(
              id,
              one(IntentCommand.End.values()),
              maybe(() -> Samples.RESULT),
              maybe(() -> Samples.RESULT),
              maybe(() -> "because"),
              expected);
      case 1, 2 -> new IntentCommand.ChangeControls(id, patch(), deadline(), expected);
      case 3 -> new IntentCommand.ChangePolicy(id, patch(), deadline(), expected);
      default -> resume(id, intent.flatMap(Intent::openTask), expected);
    };
  }

  private IntentCommand create(IntentId id) {
    IntentRequest request =
        random.nextInt(8) == 0
            ? Samples.requestFrom(Samples.ALICE)
            : Samples.request(random.nextBoolean(), maybe(flows::plan));
    if (random.nextBoolean()) {
      return Flows.start(id, request, deadline(), flows.workflow());
    }
    return new IntentCommand.Create(
        id,
        request,
        deadline(),
        random.nextInt(3) > 0 ? Optional.of(flows.draft()) : Optional.empty(),
        Optional.empty());
  }

  private IntentCommand resume(IntentId id, Optional<HumanTask> task, OptionalInt expected) {
    Optional<TaskId> checked =
        random.nextInt(4) > 0 ? task.map(HumanTask::id) : Optional.of(Samples.OTHER_TASK);
    IntentCommand.Answer answer =
        new IntentCommand.Answer(
            one(WORDS),
            maybe(() -> "a comment"),
            random.nextBoolean(),
            maybe(() -> Samples.RESULT),
            checked);
    int form = random.nextInt(8);
    return new IntentCommand.Resume(
        id,
        form == 0 ? Optional.of(report()) : Optional.empty(),
        form <= 3 ? Optional.of(answer) : Optional.empty(),
        form == 4 ? Optional.of(random.nextInt(4) > 0) : Optional.empty(),
        form >= 5 && form <= 6 ? Optional.of(Mailbox.here(agent().address())) : Optional.empty(),
        maybe(() -> "because"),
        expected);
  }

  private IntentCommand.Report report() {
    return new IntentCommand.Report(random.nextBoolean(), Samples.RESULT);
  }

  private Actor.Agent agent() {
    return random.nextBoolean() ? Samples.SECOND : Samples.WORKER;
  }

  private DeadlineRule deadline() {
    return switch (random.nextInt(8)) {
      case 0 -> new DeadlineRule.Never();
      case 1 -> new DeadlineRule.At(now.plus(HOUR.multipliedBy(random.nextInt(8))));
      case 2 -> new DeadlineRule.In(Duration.ofMinutes(30 + random.nextInt(600)));
      default -> new DeadlineRule.Keep();
    };
  }

  private SequencedMap<String, Optional<Payload>> patch() {
    SequencedMap<String, Optional<Payload>> patch = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      patch.put("key" + random.nextInt(3), maybe(() -> Samples.RESULT));
    }
    return patch;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
