package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plan that follows from an event: a pure function, so that views and timers can be rebuilt.
 */
public final class Effects {
  private Effects() {}

  /**
   * What follows from {@code event}.
   *
   * @param after the intent after the whole append
   * @param at the append's time
   */
  public static List<Effect> of(IntentEvent event, Intent after, Instant at) {
    List<Effect> effects = new ArrayList<>();
    if (beside(event)) {
      return effects;
    }
    effects.add(new Effect.ShowIntent(after.id()));
    switch (event) {
      case IntentEvent.Created e ->
          e.deadline().ifPresent(d -> effects.add(set(after, Timer.Kind.DEADLINE, d)));
      case IntentEvent.Delivered _ -> mail(after).ifPresent(m -> effects.add(deliver(after, m)));
      case IntentEvent.TaskOpened e -> {
        HumanTask task = after.task(e.task()).orElseThrow();
        effects.add(new Effect.ShowTask(after.id(), e.task()));
        effects.add(tell(after, Notice.Kind.ASKED, e.task(), 0));
        effects.addAll(remind(after, task, 0, at));
        task.due().ifPresent(due -> effects.add(set(after, Timer.Kind.STEP, due)));
      }
      case IntentEvent.Reminded e -> {
        HumanTask task = after.lastTask().orElseThrow();
        if (task.plan().filter(p -> e.number() < p.max()).isEmpty()) {
          effects.add(clear(after, Timer.Kind.REMINDER));
        }
        effects.add(tell(after, Notice.Kind.REMINDED, task.id(), e.number()));
        effects.addAll(remind(after, task, e.number(), at));
      }
      case IntentEvent.Escalated _ -> {
        if (after.openTask().isPresent()) {
          effects.add(clear(after, Timer.Kind.ESCALATION));
          effects.add(new Effect.ShowTask(after.id(), after.openTask().get().id()));
          effects.add(tell(after, Notice.Kind.ESCALATED, after.openTask().get().id(), 0));
        }
      }
      case IntentEvent.TaskDecided e -> {
        effects.add(new Effect.ShowTask(after.id(), e.task()));
        effects.add(tell(after, Notice.Kind.ENDED, e.task(), 0));
        if (after.run().isPresent()) {
          effects.addAll(unask(after));
        }
      }
      case IntentEvent.StepDelayed e -> effects.add(set(after, Timer.Kind.WAKE, e.until()));
      case IntentEvent.StepStarted e when e.attempt() > 1 ->
          effects.add(clear(after, Timer.Kind.WAKE));
      case IntentEvent.StepEnded e -> effects.addAll(stepEnded(after, e));
      case IntentEvent.Transferred e -> {
        effects.add(new Effect.CloseDelivery(after.id(), e.from()));
        effects.add(new Effect.Deliver(after.id(), e.to(), Effect.Mail.WORK));
      }
      case IntentEvent.DeadlineMoved e -> {
        effects.add(
            e.deadline()
                .map(d -> set(after, Timer.Kind.DEADLINE, d))
                .orElseGet(() -> clear(after, Timer.Kind.DEADLINE)));
        after.openTask().ifPresent(t -> effects.add(new Effect.ShowTask(after.id(), t.id())));
      }
      case IntentEvent.Completed _,
          IntentEvent.Failed _,
          IntentEvent.Canceled _,
          IntentEvent.TimedOut _ ->
          effects.addAll(end(after, at));
      case IntentEvent.Submitted _,
          IntentEvent.Progressed _,
          IntentEvent.Parked _,
          IntentEvent.StepStarted _,
          IntentEvent.StepAssigned _,
          IntentEvent.DeliveryFailed _,
          IntentEvent.PickedUp _,
          IntentEvent.Notified _,
          IntentEvent.LinksRevoked _,
          IntentEvent.GenerationChanged _,
          IntentEvent.ControlsChanged _,
          IntentEvent.PolicyChanged _ -> {}
    }
    return effects;
  }

  /** Facts of which no view and no timer knows. */
  private static boolean beside(IntentEvent event) {
    return event instanceof IntentEvent.PickedUp
        || event instanceof IntentEvent.Notified
        || event instanceof IntentEvent.LinksRevoked;
  }

  /**
   * What lies in the recipient's mailbox. The built-in runtime has none, and what people of one
   * workspace are asked is no business of another. A workflow's work lies where its steps are.
   */
  private static Optional<Effect.Mail> mail(Intent intent) {
    if (intent.run().isPresent()) {
      return Optional.empty();
    }
    if (intent.lastTask().isEmpty()) {
      return Optional.of(Effect.Mail.WORK);
    }
    Mailbox to = intent.request().to();
    return to.address().core() || to.abroad().isPresent()
        ? Optional.empty()
        : Optional.of(Effect.Mail.THREAD);
  }

  private static List<Effect> remind(Intent intent, HumanTask task, int sent, Instant at) {
    return task.plan()
        .map(
            plan -> {
              Instant due = plan.next(at, sent);
              if (sent < plan.max()) {
                return List.of(set(intent, Timer.Kind.REMINDER, due));
              }
              return plan.escalateTo().isPresent()
                  ? List.of(set(intent, Timer.Kind.ESCALATION, due))
                  : List.<Effect>of();
            })
        .orElse(List.of());
  }

  private static List<Effect> stepEnded(Intent after, IntentEvent.StepEnded event) {
    return switch (after.run().orElseThrow().workflow().step(event.step()).work()) {
      case Work.Human _ -> {
        List<Effect> effects = new ArrayList<>(unask(after));
        TaskId task = after.run().get().tasks().lastEntry().getKey();
        effects.add(new Effect.ShowTask(after.id(), task));
        effects.add(tell(after, Notice.Kind.ENDED, task, 0));
        yield effects;
      }
      // An agent's step may have been waiting for its next try.
      case Work.Agent _ when event.status().success() -> List.of();
      case Work.Agent _, Work.Delay _ -> List.of(clear(after, Timer.Kind.WAKE));
      case Work.Notification _, Work.Escalation _ when event.note().isEmpty() ->
          List.of(
              new Effect.Tell(
                  after.id(), Notice.Kind.TOLD, Optional.empty(), Optional.of(event.step()), 0));
      case Work.Notification _, Work.Escalation _, Work.Configure _, Work.Nothing _ -> List.of();
    };
  }

  /** A question of a workflow is closed. */
  private static List<Effect> unask(Intent after) {
    return List.of(
        clear(after, Timer.Kind.REMINDER),
        clear(after, Timer.Kind.ESCALATION),
        clear(after, Timer.Kind.STEP));
  }

  private static List<Effect> end(Intent intent, Instant at) {
    List<Effect> effects = new ArrayList<>();
    if (intent.deadline().isPresent()) {
      effects.add(clear(intent, Timer.Kind.DEADLINE));
    }
    intent.lastTask().ifPresent(task -> effects.add(new Effect.ShowTask(intent.id(), task.id())));
    intent
        .lastTask()
        .filter(
            t -> t.closed().filter(c -> c.decision().isEmpty() && c.at().equals(at)).isPresent())
        .ifPresent(task -> effects.add(tell(intent, Notice.Kind.ENDED, task.id(), 0)));
    if (intent.run().isPresent()) {
      effects.addAll(unask(intent));
      effects.add(clear(intent, Timer.Kind.WAKE));
    } else if (intent.lastTask().isEmpty()) {
      effects.add(new Effect.CloseDelivery(intent.id(), intent.delivery().to()));
    } else if (intent.lastTask().get().plan().isPresent()) {
      effects.add(clear(intent, Timer.Kind.REMINDER));
      effects.add(clear(intent, Timer.Kind.ESCALATION));
    }
    intent
        .request()
        .replyTo()
        .ifPresent(to -> effects.add(new Effect.Deliver(intent.id(), to, Effect.Mail.COMPLETION)));
    return effects;
  }

  private static Effect tell(Intent intent, Notice.Kind kind, TaskId task, int number) {
    return new Effect.Tell(intent.id(), kind, Optional.of(task), Optional.empty(), number);
  }

  private static Effect deliver(Intent intent, Effect.Mail mail) {
    return new Effect.Deliver(intent.id(), intent.request().to(), mail);
  }

  private static Effect set(Intent intent, Timer.Kind kind, Instant due) {
    return new Effect.SetTimer(new Timer(intent.id(), kind), due);
  }

  private static Effect clear(Intent intent, Timer.Kind kind) {
    return new Effect.ClearTimer(new Timer(intent.id(), kind));
  }
}
