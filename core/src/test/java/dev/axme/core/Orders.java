package dev.axme.core;

import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.RESULT;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;

/** Commands about {@link Samples#INTENT} as clients and timers give them. */
final class Orders {
  static final DeadlineRule KEEP = new DeadlineRule.Keep();

  private Orders() {}

  static IntentCommand create() {
    return new IntentCommand.Create(
        INTENT, Samples.request(), KEEP, Optional.empty(), Optional.empty());
  }

  static IntentCommand ask(TaskDraft draft) {
    return ask(Samples.request(), KEEP, draft);
  }

  static IntentCommand ask(IntentRequest request, DeadlineRule deadline, TaskDraft draft) {
    return new IntentCommand.Create(
        INTENT, request, deadline, Optional.of(draft), Optional.empty());
  }

  static IntentCommand.Resume complete() {
    return report(true);
  }

  static IntentCommand.Resume report(boolean success) {
    return new IntentCommand.Resume(
        INTENT,
        Optional.of(new IntentCommand.Report(success, RESULT)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  static IntentCommand.Answer said(String outcome) {
    return new IntentCommand.Answer(
        outcome, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  static IntentCommand.Answer said(String outcome, String comment) {
    return new IntentCommand.Answer(
        outcome, Optional.of(comment), false, Optional.empty(), Optional.empty());
  }

  static IntentCommand.Answer evidenced(String outcome) {
    return new IntentCommand.Answer(
        outcome, Optional.empty(), true, Optional.of(RESULT), Optional.empty());
  }

  static IntentCommand.Answer checked(String outcome, TaskId checkedFor) {
    return new IntentCommand.Answer(
        outcome, Optional.empty(), false, Optional.of(RESULT), Optional.of(checkedFor));
  }

  /** To this question; no form was looked at. */
  static IntentCommand.Answer to(TaskId task, String outcome) {
    return new IntentCommand.Answer(
        outcome, Optional.empty(), false, Optional.empty(), Optional.of(task), false);
  }

  static IntentCommand.Resume answer(String outcome) {
    return answer(said(outcome));
  }

  static IntentCommand.Resume answer(IntentCommand.Answer answer) {
    return new IntentCommand.Resume(
        INTENT,
        Optional.empty(),
        Optional.of(answer),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  static IntentCommand.Resume proceed(boolean yes, String reason) {
    return new IntentCommand.Resume(
        INTENT,
        Optional.empty(),
        Optional.empty(),
        Optional.of(yes),
        Optional.empty(),
        Optional.of(reason),
        OptionalInt.empty());
  }

  static IntentCommand.Resume handOver(Actor.Agent next) {
    return new IntentCommand.Resume(
        INTENT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Mailbox.here(next.address())),
        Optional.empty(),
        OptionalInt.empty());
  }

  static IntentCommand.Resume silence() {
    return new IntentCommand.Resume(
        INTENT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("because"),
        OptionalInt.empty());
  }

  static IntentCommand.Resolve resolve(IntentCommand.End end) {
    return new IntentCommand.Resolve(
        INTENT,
        end,
        Optional.of(RESULT),
        Optional.empty(),
        Optional.of("because"),
        OptionalInt.empty());
  }

  static IntentCommand.ChangeControls controls(DeadlineRule deadline) {
    return new IntentCommand.ChangeControls(
        INTENT, new LinkedHashMap<>(), deadline, OptionalInt.empty());
  }

  static IntentCommand.ChangePolicy policy(DeadlineRule deadline) {
    return new IntentCommand.ChangePolicy(
        INTENT, new LinkedHashMap<>(), deadline, OptionalInt.empty());
  }

  static IntentCommand pickUp(Actor.Agent holder) {
    return new IntentCommand.PickUp(INTENT, holder.address());
  }

  /** Alice was told by mail that she is asked. */
  static IntentCommand note(TaskId task, Notice.Fate fate) {
    Notice notice =
        new Notice(Notice.Kind.ASKED, Optional.of(task), 0, Optional.of("alice@example.com"));
    return new IntentCommand.Note(INTENT, notice, fate);
  }

  static IntentCommand fire(Timer.Kind kind, Instant due) {
    return new IntentCommand.FireTimer(new Timer(INTENT, kind), due);
  }

  /** The same order from a caller that expects a generation. */
  static IntentCommand expecting(int generation, IntentCommand command) {
    OptionalInt expected = OptionalInt.of(generation);
    return switch (command) {
      case IntentCommand.Resume c ->
          new IntentCommand.Resume(
              c.intent(), c.report(), c.answer(), c.proceed(), c.handOver(), c.reason(), expected);
      case IntentCommand.Resolve c ->
          new IntentCommand.Resolve(
              c.intent(), c.end(), c.result(), c.error(), c.reason(), expected);
      case IntentCommand.ChangeControls c ->
          new IntentCommand.ChangeControls(c.intent(), c.patch(), c.deadline(), expected);
      case IntentCommand.ChangePolicy c ->
          new IntentCommand.ChangePolicy(c.intent(), c.patch(), c.deadline(), expected);
      case IntentCommand.Create _,
          IntentCommand.PickUp _,
          IntentCommand.Note _,
          IntentCommand.GiveUp _,
          IntentCommand.RevokeLinks _,
          IntentCommand.FireTimer _ ->
          command;
    };
  }
}
