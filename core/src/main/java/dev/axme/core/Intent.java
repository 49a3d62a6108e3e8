package dev.axme.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An intent as its events tell it.
 *
 * @param seq the newest wire event's number
 * @param generation how many resumes, controls and policy calls were applied
 * @param delivery the mailbox that it is in, or was in last
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
    Optional<Decision> decision,
    SequencedMap<String, Payload> controls,
    SequencedMap<String, Payload> policy) {

  public Intent {
    controls = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(controls));
    policy = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(policy));
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
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  /** The question that waits for an answer, if one does. */
  public Optional<HumanTask> openTask() {
    return phase instanceof Phase.Asked asked ? Optional.of(asked.task()) : Optional.empty();
  }

  /** The agent whose turn it is: the recipient, until the intent is handed over. */
  public Address holder() {
    return delivery.to().address();
  }

  /** The number of the delivery attempt that is, or was, under way at {@code now}. */
  public int deliveryAttempt(Instant now) {
    Instant end = phase.status().terminal() ? updatedAt : now;
    return delivery.attempt(request.maxDeliveryAttempts(), end);
  }

  Intent to(Phase next, int atSeq, Instant at) {
    Optional<HumanTask> task =
        next instanceof Phase.Asked asked ? Optional.of(asked.task()) : lastTask;
    return new Intent(
        id,
        request,
        createdAt,
        at,
        next,
        atSeq,
        generation,
        delivery,
        deadline,
        task,
        decision,
        controls,
        policy);
  }

  Intent decided(Decision by) {
    return new Intent(
        id,
        request,
        createdAt,
        updatedAt,
        phase,
        seq,
        generation,
        delivery,
        deadline,
        lastTask,
        Optional.of(by),
        controls,
        policy);
  }

  Intent generation(int next) {
    return new Intent(
        id, request, createdAt, updatedAt, phase, seq, next, delivery, deadline, lastTask, decision,
        controls, policy);
  }

  Intent delivery(Delivery next) {
    return new Intent(
        id,
        request,
        createdAt,
        updatedAt,
        phase,
        seq,
        generation,
        next,
        deadline,
        lastTask,
        decision,
        controls,
        policy);
  }

  Intent deadline(Optional<Instant> next) {
    return new Intent(
        id,
        request,
        createdAt,
        updatedAt,
        phase,
        seq,
        generation,
        delivery,
        next,
        lastTask,
        decision,
        controls,
        policy);
  }

  Intent controls(SequencedMap<String, Optional<Payload>> patch) {
    return new Intent(
        id,
        request,
        createdAt,
        updatedAt,
        phase,
        seq,
        generation,
        delivery,
        deadline,
        lastTask,
        decision,
        merge(controls, patch),
        policy);
  }

  Intent policy(SequencedMap<String, Optional<Payload>> patch) {
    return new Intent(
        id,
        request,
        createdAt,
        updatedAt,
        phase,
        seq,
        generation,
        delivery,
        deadline,
        lastTask,
        decision,
        controls,
        merge(policy, patch));
  }

  private static SequencedMap<String, Payload> merge(
      SequencedMap<String, Payload> old, SequencedMap<String, Optional<Payload>> patch) {
    SequencedMap<String, Payload> merged = new LinkedHashMap<>(old);
    patch.forEach(
        (key, value) -> value.ifPresentOrElse(v -> merged.put(key, v), () -> merged.remove(key)));
    return merged;
  }
}
