package dev.axme.server.webhooks;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Mailbox;
import dev.axme.core.Notice;
import dev.axme.core.Root;
import dev.axme.core.Status;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.intents.Retelling;
import dev.axme.store.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What one append gives to tell: pure, in the order in which it happened. */
final class Occasions {
  private final WorkspaceId home;
  private final Root after;
  private final Append append;

  /** With the mailbox for an inbox's event, which only its owner is told of. */
  private final SequencedMap<Occasion, Optional<Mailbox>> found = new LinkedHashMap<>();

  private Occasions(WorkspaceId home, Root after, Append append) {
    this.home = home;
    this.after = after;
    this.append = append;
  }

  static SequencedMap<Occasion, Optional<Mailbox>> of(
      WorkspaceId home, Root after, Append append, List<Effect> effects) {
    Occasions occasions = new Occasions(home, after, append);
    append.events().forEach(occasions::event);
    effects.forEach(occasions::effect);
    return occasions.found;
  }

  private void event(IntentEvent event) {
    if (!(event instanceof IntentEvent.Wire wire)) {
      return;
    }
    Intent intent = after.intent(event.intent()).orElseThrow();
    add(intent, Retelling.type(wire), new Occasion.Seq(wire.seq()));
    switch (wire) {
      case IntentEvent.TaskOpened e -> task(intent, "task.opened", Optional.of(e.task()));
      case IntentEvent.TaskDecided e -> task(intent, "task.decided", Optional.of(e.task()));
      case IntentEvent.Reminded _ ->
          task(intent, "task.reminded", intent.lastTask().map(HumanTask::id));
      case IntentEvent.Escalated _ ->
          task(intent, "task.escalated", intent.openTask().map(HumanTask::id));
      case IntentEvent.Completed _,
          IntentEvent.Failed _,
          IntentEvent.Canceled _,
          IntentEvent.TimedOut _ ->
          inbox(intent, "inbox.thread_updated", intent.delivery().to());
      case IntentEvent.Created _,
          IntentEvent.Submitted _,
          IntentEvent.Delivered _,
          IntentEvent.Progressed _,
          IntentEvent.Transferred _,
          IntentEvent.Parked _,
          IntentEvent.StepAssigned _,
          IntentEvent.StepDelayed _,
          IntentEvent.StepEnded _,
          IntentEvent.DeliveryFailed _ -> {}
    }
  }

  private void effect(Effect effect) {
    switch (effect) {
      case Effect.Tell tell when tell.kind() == Notice.Kind.ENDED -> ended(tell);
      case Effect.Deliver d -> delivered(d);
      case Effect.Tell _,
          Effect.ShowIntent _,
          Effect.ShowTask _,
          Effect.CloseDelivery _,
          Effect.SetTimer _,
          Effect.ClearTimer _ -> {}
    }
  }

  /** A question that is over although nobody answered it. */
  private void ended(Effect.Tell tell) {
    Intent intent = after.intent(tell.intent()).orElseThrow();
    tell.task()
        .flatMap(intent::task)
        .filter(t -> t.decision().isEmpty())
        .flatMap(HumanTask::closed)
        .ifPresent(
            closed ->
                task(
                    intent,
                    closed.status() == Status.TIMED_OUT ? "task.expired" : "task.canceled",
                    tell.task()));
  }

  private void delivered(Effect.Deliver d) {
    Intent intent = after.intent(d.intent()).orElseThrow();
    boolean known = d.mail() == Effect.Mail.COMPLETION && d.to().equals(intent.delivery().to());
    inbox(intent, known ? "inbox.thread_updated" : "inbox.thread_created", d.to());
  }

  private void task(Intent intent, String type, Optional<TaskId> task) {
    task.ifPresent(id -> add(intent, type, new Occasion.Task(id)));
  }

  /**
   * The built-in runtime has no inbox, a workflow's work lies in those of its steps, and what
   * people are asked is no business of another workspace.
   */
  private void inbox(Intent intent, String type, Mailbox to) {
    boolean elsewhere = to.abroad().isPresent() && intent.lastTask().isPresent();
    boolean workflow = intent.run().isPresent() && to.equals(intent.delivery().to());
    if (!to.address().core() && !elsewhere && !workflow) {
      found.put(occasion(intent, type, new Occasion.Inbox(to.address())), Optional.of(to));
    }
  }

  private void add(Intent intent, String type, Occasion.About about) {
    found.put(occasion(intent, type, about), Optional.empty());
  }

  private Occasion occasion(Intent intent, String type, Occasion.About about) {
    return new Occasion(new Place(home, after.id()), intent.id(), append.number(), type, about);
  }
}
