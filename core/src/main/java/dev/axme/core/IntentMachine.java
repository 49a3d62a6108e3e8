package dev.axme.core;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rules. {@link #rule} says what a command does to a root, {@link #evolve} is the only thing
 * that changes state. Both are pure.
 */
public final class IntentMachine {
  /** A root that would hold more events than this fails with {@code history_limit}. */
  public static final int HISTORY_LIMIT = 50_000;

  private IntentMachine() {}

  /** Rules on {@code command} at {@code moment}; ruling twice gives the same events. */
  public static Ruling rule(Root root, Actor actor, IntentCommand command, Moment moment) {
    Optional<Intent> intent = root.intent(command.intent());
    RuleTable.Cell cell = RuleTable.of(intent, actor, command);
    if (cell == RuleTable.Cell.NEVER) {
      throw new IllegalStateException("Expected a command that can happen, but found " + command);
    }
    if (intent.isEmpty()) {
      return switch (cell) {
        case CREATE ->
            Notes.unsent(
                Flow.follow(root, Creation.rule((IntentCommand.Create) command, moment), moment),
                moment);
        case STALE -> new Ruling.Stale();
        default -> refused(new Refusal.UnknownIntent(command.intent()));
      };
    }
    if (cell == RuleTable.Cell.NOTE) {
      return Notes.note(intent.get(), (IntentCommand.Note) command);
    }
    Ruling ruling = act(cell, root, intent.get(), actor, command, moment);
    return limited(
        root, intent.get(), Notes.unsent(Flow.follow(root, ruling, moment), moment), moment);
  }

  private static Ruling act(
      RuleTable.Cell cell,
      Root root,
      Intent intent,
      Actor actor,
      IntentCommand command,
      Moment moment) {
    if (stale(intent, command)) {
      return new Ruling.StaleGeneration(intent.generation());
    }
    return switch (cell) {
      case EXISTS -> refused(new Refusal.AlreadyExists(intent.id()));
      case ENDED -> refused(new Refusal.IntentEnded(intent.id(), (Phase.Ended) intent.phase()));
      case PEOPLE -> refused(new Refusal.HumanDecisionRequired(intent.id()));
      case REPORT -> Reports.agent(intent, actor, (IntentCommand.Resume) command);
      case FINISH -> Reports.person(intent, actor, (IntentCommand.Resume) command, moment);
      case DECIDE -> Decisions.rule(intent, actor, (IntentCommand.Resume) command, moment);
      case RESOLVE -> Ends.resolve(intent, actor, (IntentCommand.Resolve) command);
      case OVERRULE -> Ends.overrule(intent, actor, (IntentCommand.Resolve) command);
      case WITHDRAW -> Ends.withdraw(intent, actor, (IntentCommand.Resolve) command);
      case ADVANCE -> FlowOrders.advance(root, intent, actor, (IntentCommand.Resume) command);
      case SKIP -> FlowOrders.skip(root, intent, actor, (IntentCommand.Resume) command, moment);
      case CLOSE -> FlowOrders.close(root, intent, actor, (IntentCommand.Resolve) command);
      case ADJUST -> Adjustments.rule(intent, actor, command, moment);
      case TAKE -> Reports.pickUp(intent, (IntentCommand.PickUp) command);
      case FIRE -> Timers.fire(root, intent, (IntentCommand.FireTimer) command, moment);
      case FORSAKE -> Timers.giveUp(intent, (IntentCommand.GiveUp) command);
      case REVOKE -> Notes.revokeLinks(intent, actor);
      case STALE -> new Ruling.Stale();
      case CREATE, NOTE, UNKNOWN, NEVER ->
          throw new IllegalStateException("Unexpected rule " + cell);
    };
  }

  /** Compare-and-set: a caller that expects another generation changes nothing. */
  private static boolean stale(Intent intent, IntentCommand command) {
    OptionalInt expected =
        switch (command) {
          case IntentCommand.Resume c -> c.expectedGeneration();
          case IntentCommand.Resolve c -> c.expectedGeneration();
          case IntentCommand.ChangeControls c -> c.expectedGeneration();
          case IntentCommand.ChangePolicy c -> c.expectedGeneration();
          case IntentCommand.Create _,
              IntentCommand.PickUp _,
              IntentCommand.Note _,
              IntentCommand.GiveUp _,
              IntentCommand.RevokeLinks _,
              IntentCommand.FireTimer _ ->
              OptionalInt.empty();
        };
    return !intent.phase().status().terminal()
        && expected.isPresent()
        && expected.getAsInt() != intent.generation();
  }

  /** What would not end otherwise ends here, and a workflow as a whole. */
  private static Ruling limited(Root root, Intent intent, Ruling ruling, Moment moment) {
    if (ruling instanceof Ruling.Accepted accepted
        && root.events() + accepted.events().size() > HISTORY_LIMIT) {
      Intent whole = intent.assignment().flatMap(a -> root.intent(a.parent())).orElse(intent);
      EventList events = new EventList(whole);
      events.fail(Optional.of("history_limit"), Optional.empty(), Optional.empty());
      return Flow.follow(root, events.accepted(), moment);
    }
    return ruling;
  }

  static Ruling refused(Refusal refusal) {
    return new Ruling.Refused(refusal);
  }

  /** The intent after {@code event}; {@code before} is empty only for {@code Created}. */
  static Intent evolve(Optional<Intent> before, IntentEvent event, Instant at) {
    if (event instanceof IntentEvent.Created created) {
      return Intent.created(created, at);
    }
    Intent intent =
        before.orElseThrow(() -> new IllegalStateException("Expected an intent before " + event));
    return switch (event) {
      case IntentEvent.Fact fact -> evolve(intent, fact, at);
      case IntentEvent.Wire wire -> evolve(intent, wire, at);
    };
  }

  private static Intent evolve(Intent intent, IntentEvent.Fact event, Instant at) {
    return switch (event) {
      case IntentEvent.PickedUp _ -> intent.delivery(intent.delivery().pickedUp(at));
      case IntentEvent.Notified e ->
          e.fate() instanceof Notice.Fate.Seen
              ? intent.asking(asked(intent).seenBy(e.notice().to().orElse("")))
              : intent;
      case IntentEvent.LinksRevoked e -> intent.asking(asked(intent).linksOf(e.generation()));
      case IntentEvent.GenerationChanged e -> intent.generation(e.generation());
      case IntentEvent.ControlsChanged e -> intent.controls(e.patch());
      case IntentEvent.PolicyChanged e -> intent.policy(e.patch());
      case IntentEvent.DeadlineMoved e -> intent.deadline(e.deadline());
      case IntentEvent.StepStarted e -> intent.run(run(intent).started(e.step(), e.attempt(), at));
    };
  }

  private static Intent evolve(Intent intent, IntentEvent.Wire event, Instant at) {
    if (event.seq() != intent.seq() + 1) {
      throw new IllegalStateException(
          "Expected seq %d of intent %s, but found %d"
              .formatted(intent.seq() + 1, intent.id(), event.seq()));
    }
    Intent next =
        switch (event) {
          case IntentEvent.TaskDecided d -> decided(intent, d.decision(), at);
          case IntentEvent.Transferred t -> intent.delivery(Delivery.to(t.to(), at));
          case IntentEvent.DeliveryFailed _ -> intent.delivery(intent.delivery().givenUp());
          case IntentEvent.StepAssigned e -> intent.run(run(intent).assigned(e.work()));
          case IntentEvent.StepEnded e -> stepEnded(intent, e, at);
          case IntentEvent.Completed _,
              IntentEvent.Failed _,
              IntentEvent.Canceled _,
              IntentEvent.TimedOut _ ->
              over(intent, event, at);
          case IntentEvent.Created _,
              IntentEvent.Submitted _,
              IntentEvent.Delivered _,
              IntentEvent.TaskOpened _,
              IntentEvent.Reminded _,
              IntentEvent.Escalated _,
              IntentEvent.Progressed _,
              IntentEvent.Parked _,
              IntentEvent.StepDelayed _ ->
              intent;
        };
    return next.to(phase(intent, event, at), event.seq(), at);
  }

  private static Intent decided(Intent intent, Decision decision, Instant at) {
    HumanTask task = asked(intent).decided(decision, at);
    Intent next = intent.lastTask(task);
    if (intent.run().isEmpty()) {
      return next;
    }
    StepStatus status = decision.approved() ? StepStatus.COMPLETED : StepStatus.REJECTED;
    Optional<String> reason =
        decision.approved() ? Optional.empty() : Optional.of(decision.outcome());
    Optional<Result> result = Optional.of(new Result.Decided(decision));
    Run run = run(intent).closed(task);
    return next.run(run.ended(run.step().id(), status, result, reason, Optional.empty(), at));
  }

  private static Intent stepEnded(Intent intent, IntentEvent.StepEnded e, Instant at) {
    Run run = run(intent).ended(e.step(), e.status(), e.result(), e.reason(), e.note(), at);
    if (intent.openTask().isEmpty()) {
      return intent.run(run);
    }
    HumanTask task = asked(intent).over(Status.TIMED_OUT, at);
    return intent.lastTask(task).run(run.closed(task));
  }

  /** The step that was open when its workflow ended ended with it. */
  private static Intent over(Intent intent, IntentEvent.Wire event, Instant at) {
    if (intent.run().flatMap(Run::current).isEmpty()
        || run(intent).record().status() != StepStatus.RUNNING) {
      return intent;
    }
    StepStatus status =
        event instanceof IntentEvent.TimedOut ? StepStatus.TIMED_OUT : StepStatus.CANCELED;
    StepId step = run(intent).step().id();
    return intent.run(
        run(intent).ended(step, status, Optional.empty(), Optional.empty(), Optional.empty(), at));
  }

  private static Phase phase(Intent intent, IntentEvent.Wire event, Instant at) {
    return switch (event) {
      case IntentEvent.Created _, IntentEvent.Submitted _, IntentEvent.Delivered _ ->
          new Phase.Mailed();
      case IntentEvent.TaskOpened e -> new Phase.Asked(asked(intent, e, at));
      case IntentEvent.Reminded e -> new Phase.Asked(asked(intent).reminded(e.number(), at));
      case IntentEvent.Escalated e ->
          intent.openTask().isPresent()
              ? new Phase.Asked(asked(intent).escalated(e.to(), at))
              : intent.phase();
      case IntentEvent.TaskDecided _, IntentEvent.Progressed _, IntentEvent.StepEnded _ ->
          new Phase.InProgress();
      case IntentEvent.Transferred _, IntentEvent.Parked _ -> new Phase.Passed();
      case IntentEvent.StepAssigned e -> new Phase.Awaiting(e.work(), e.to(), e.due());
      case IntentEvent.StepDelayed e -> new Phase.Sleeping(e.until());
      case IntentEvent.DeliveryFailed _ -> intent.phase();
      case IntentEvent.Completed e -> new Phase.Completed(e.result());
      case IntentEvent.Failed e -> new Phase.Failed(e.reason(), e.error(), e.result());
      case IntentEvent.Canceled e -> new Phase.Canceled(e.reason());
      case IntentEvent.TimedOut _ -> new Phase.TimedOut();
    };
  }

  private static HumanTask asked(Intent intent, IntentEvent.TaskOpened e, Instant at) {
    Optional<ReminderPlan> usual = intent.request().reminders();
    return intent
        .run()
        .map(run -> HumanTask.asked(e, run.plan(usual), run.due(at), at))
        .orElseGet(() -> HumanTask.asked(e, usual, Optional.empty(), at));
  }

  private static HumanTask asked(Intent intent) {
    return intent
        .openTask()
        .orElseThrow(() -> new IllegalStateException("Expected an open task in " + intent.id()));
  }

  private static Run run(Intent intent) {
    return intent
        .run()
        .orElseThrow(() -> new IllegalStateException("Expected a workflow in " + intent.id()));
  }
}
