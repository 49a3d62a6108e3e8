package dev.axme.core;

import static dev.axme.core.Samples.HOUR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Thinks of questions, plans and workflows: the way of failure also leads back. */
final class FlowChance {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<String> NAMES = List.of("plan", "write", "check", "sign", "ship");

  private final Random random;

  FlowChance(Random random) {
    this.random = random;
  }

  /** Compiled: each step that is named is there, and the way of success has no circle. */
  Workflow workflow() {
    int size = 1 + random.nextInt(NAMES.size());
    List<StepId> ids = NAMES.stream().limit(size).map(StepId::new).toList();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<StepId> later = ids.subList(i + 1, size);
      steps.add(
          new Step(
              ids.get(i),
              work(),
              later.isEmpty() || random.nextInt(6) == 0 ? Optional.empty() : next(later),
              random.nextBoolean() ? Optional.of(one(ids)) : Optional.empty(),
              random.nextBoolean() ? retry() : Step.Retry.NONE,
              maybe(this::time)));
    }
    return new Workflow(ids.getFirst(), steps);
  }

  private Optional<StepId> next(List<StepId> later) {
    return Optional.of(random.nextInt(4) == 0 ? one(later) : later.getFirst());
  }

  private Step.Retry retry() {
    return new Step.Retry(random.nextInt(3), time());
  }

  private Duration time() {
    return one(List.of(SOON, SOON.multipliedBy(3), HOUR.dividedBy(2), HOUR.multipliedBy(3)));
  }

  private Work work() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> agent(random.nextBoolean() ? Samples.WORKER : Samples.SECOND);
      case 3, 4, 5 -> new Work.Human(draft(), maybe(this::plan), "reviewer", "Reviewer");
      case 6 -> new Work.Delay(time(), maybe(() -> "let it settle"));
      case 7 ->
          random.nextBoolean()
              ? new Work.Notification(maybe(() -> Samples.RESULT))
              : new Work.Escalation(Samples.TO_REVIEWERS);
      case 8 -> new Work.Configure(maybe(this::plan), maybe(this::time));
      default -> new Work.Nothing(maybe(() -> Samples.RESULT));
    };
  }

  private Work agent(Actor.Agent agent) {
    Address address = agent.address();
    return new Work.Agent(
        Mailbox.here(address),
        address.value(),
        random.nextInt(4) > 0,
        address.name(),
        maybe(() -> "tool.agent.task.v1"),
        maybe(() -> Samples.RESULT));
  }

  TaskDraft draft() {
    Samples.Question question =
        new Samples.Question(List.of("approved", "provided", "declined"), random.nextBoolean())
            .wants(random.nextInt(4) == 0, random.nextInt(4) == 0);
    Samples.Question named =
        switch (random.nextInt(4)) {
          case 0 -> question;
          case 1 -> question.to(Samples.TO_REVIEWERS);
          case 2 -> question.to(Samples.TO_ALICE, Samples.TO_REVIEWERS);
          default -> question.to(Samples.TO_ALICE);
        };
    return random.nextInt(4) == 0 ? named.form().draft() : named.draft();
  }

  ReminderPlan plan() {
    return new ReminderPlan(
        HOUR, HOUR.dividedBy(2), random.nextInt(4), maybe(() -> Samples.TO_REVIEWERS));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
