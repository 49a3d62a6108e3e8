package dev.axme.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * An intent as its events tell it.
 *
 * @param seq the newest wire event's number
 * @param generation how many resumes, controls and policy calls were applied
 * @param delivery the mailbox that it is in, or was in last
 * @param lastTask the question to people that is open or was closed last
 * @param scenario the scenario that sent it
 * @param assignment the step of another intent's workflow that it is for
 * @param run how far its workflow has come
 */
public record Intent(
    IntentId id,
    IntentRequest request,
    Instant createdAt,
    Instant updatedAt,
    Phase phase,
    int seq,
    int generation,
    Delivery delivery,
    Optional<Instant> deadline,
    Optional<HumanTask> lastTask,
    Optional<Scenario> scenario,
    Optional<Assignment> assignment,
    Optional<Run> run,
    SequencedMap<String, Payload> controls,
    SequencedMap<String, Payload> policy) {

  public Intent {
    controls = Collections.unmodifiableSequencedMap(controls);
    policy = Collections.unmodifiableSequencedMap(policy);
  }

  static Intent created(IntentEvent.Created e, Instant at) {
    return new Intent(
        e.intent(),
        e.request(),
        at,
        at,
        new Phase.Mailed(),
        e.seq(),
        0,
        Delivery.to(e.request().to(), at),
        e.deadline(),
        Optional.empty(),
        e.scenario(),
        e.assignment(),
        e.scenario().flatMap(Scenario::workflow).map(Run::of),
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  /** The question that waits for an answer, if one does. */
  public Optional<HumanTask> openTask() {
    return phase instanceof Phase.Asked asked ? Optional.of(asked.task()) : Optional.empty();
  }

  /** The question with this id, if it was ever asked. */
  public Optional<HumanTask> task(TaskId task) {
    return lastTask
        .filter(t -> t.id().equals(task))
        .or(() -> run.flatMap(r -> Optional.ofNullable(r.tasks().get(task))));
  }

  /** The answer to the question that was closed last. */
  public Optional<Decision> decision() {
    return lastTask.flatMap(HumanTask::decision);
  }

  /** The agent whose turn it is: the recipient, until the intent is handed over. */
  public Address holder() {
    return phase instanceof Phase.Awaiting step ? step.holder().address() : delivery.to().address();
  }

  /** When what it waits for expires: the open question, the open step or all of it. */
  public Optional<Instant> due() {
    Optional<Instant> step =
        switch (phase) {
          case Phase.Asked asked -> asked.task().due();
          case Phase.Awaiting awaiting -> awaiting.due();
          case Phase.Sleeping _,
              Phase.Mailed _,
              Phase.InProgress _,
              Phase.Passed _,
              Phase.Ended _ ->
              Optional.empty();
        };
    return earlier(step);
  }

  /** When a question of it expires: by itself, or with all of it. */
  public Optional<Instant> due(HumanTask task) {
    return earlier(task.due());
  }

  private Optional<Instant> earlier(Optional<Instant> own) {
    return own.filter(d -> deadline.filter(d::isAfter).isEmpty()).or(() -> deadline);
  }

  /** The number of the delivery attempt that is, or was, under way at {@code now}. */
  public int deliveryAttempt(Instant now) {
    Instant end = phase.status().terminal() ? updatedAt : now;
    return delivery.attempt(request.maxDeliveryAttempts(), end);
  }

  /** At {@code next} since {@code at}: a question that was open is kept as it is left. */
  Intent to(Phase next, int atSeq, Instant at) {
    Optional<HumanTask> task =
        switch (next) {
          case Phase.Asked asked -> Optional.of(asked.task());
          case Phase.Ended ended -> lastTask.map(t -> t.over(ended.status(), at));
          default -> lastTask;
        };
    return with(
        copy -> {
          copy.phase = next;
          copy.seq = atSeq;
          copy.updatedAt = at;
          copy.lastTask = task;
        });
  }

  /** The same with what else is known of the open question. */
  Intent asking(HumanTask task) {
    return with(
        copy -> {
          copy.phase = new Phase.Asked(task);
          copy.lastTask = Optional.of(task);
        });
  }

  Intent lastTask(HumanTask task) {
    return with(copy -> copy.lastTask = Optional.of(task));
  }

  Intent run(Run next) {
    return with(copy -> copy.run = Optional.of(next));
  }

  Intent generation(int next) {
    return with(copy -> copy.generation = next);
  }

  Intent delivery(Delivery next) {
    return with(copy -> copy.delivery = next);
  }

  Intent deadline(Optional<Instant> next) {
    return with(copy -> copy.deadline = next);
  }

  Intent controls(SequencedMap<String, Optional<Payload>> patch) {
    return with(copy -> copy.controls = merge(controls, patch));
  }

  Intent policy(SequencedMap<String, Optional<Payload>> patch) {
    return with(copy -> copy.policy = merge(policy, patch));
  }

  private static SequencedMap<String, Payload> merge(
      SequencedMap<String, Payload> old, SequencedMap<String, Optional<Payload>> patch) {
    SequencedMap<String, Payload> merged = new LinkedHashMap<>(old);
    patch.forEach(
        (key, value) -> value.ifPresentOrElse(v -> merged.put(key, v), () -> merged.remove(key)));
    return merged;
  }

  private Intent with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.done();
  }

  /** The parts that events change, while one of them does. */
  private static final class Copy {
    private final Intent of;
    private Instant updatedAt;
    private Phase phase;
    private int seq;
    private int generation;
    private Delivery delivery;
    private Optional<Instant> deadline;
    private Optional<HumanTask> lastTask;
    private Optional<Run> run;
    private SequencedMap<String, Payload> controls;
    private SequencedMap<String, Payload> policy;

    Copy(Intent of) {
      this.of = of;
      this.updatedAt = of.updatedAt;
      this.phase = of.phase;
      this.seq = of.seq;
      this.generation = of.generation;
      this.delivery = of.delivery;
      this.deadline = of.deadline;
      this.lastTask = of.lastTask;
      this.run = of.run;
      this.controls = of.controls;
      this.policy = of.policy;
    }

    Intent done() {
      return new Intent(
          of.id,
          of.request,
          of.createdAt,
          updatedAt,
          phase,
          seq,
          generation,
          delivery,
          deadline,
          lastTask,
          of.scenario,
          of.assignment,
          run,
          controls,
          policy);
    }
  }
}
