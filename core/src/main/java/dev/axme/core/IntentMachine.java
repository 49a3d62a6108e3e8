package dev.axme.core;

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
        case CREATE -> Creation.rule((IntentCommand.Create) command, moment);
        case STALE -> new Ruling.Stale();
        default -> refused(new Refusal.UnknownIntent(command.intent()));
      };
    }
    return limited(root, intent.get(), act(cell, intent.get(), actor, command, moment));
  }

  private static Ruling act(
      RuleTable.Cell cell, Intent intent, Actor actor, IntentCommand command, Moment moment) {
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
      case ADJUST -> Adjustments.rule(intent, actor, command, moment);
      case TAKE -> Reports.pickUp(intent, (IntentCommand.PickUp) command);
      case FIRE -> Timers.fire(intent, (IntentCommand.FireTimer) command, moment);
      case STALE -> new Ruling.Stale();
      case CREATE, UNKNOWN, NEVER -> throw new IllegalStateException("Unexpected rule " + cell);
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
          case IntentCommand.Create _, IntentCommand.PickUp _, IntentCommand.FireTimer _ ->
              OptionalInt.empty();
        };
    return !intent.phase().status().terminal()
        && expected.isPresent()
        && expected.getAsInt() != intent.generation();
  }

  private static Ruling limited(Root root, Intent intent, Ruling ruling) {
    if (ruling instanceof Ruling.Accepted accepted
        && root.events() + accepted.events().size() > HISTORY_LIMIT) {
      EventList events = new EventList(intent);
      events.fail(Optional.of("history_limit"), Optional.empty(), Optional.empty());
      return events.accepted();
    }
    return ruling;
  }

  static Ruling refused(Refusal refusal) {
    return new Ruling.Refused(refusal);
  }

  /** The intent after {@code event}; {@code before} is empty only for {@code Created}. */
  static Intent evolve(Optional<Intent> before, IntentEvent event, Append append) {
    if (event instanceof IntentEvent.Created created) {
      return Intent.created(created, append.at());
    }
    Intent intent =
        before.orElseThrow(() -> new IllegalStateException("Expected an intent before " + event));
    return switch (event) {
      case IntentEvent.Fact fact -> evolve(intent, fact, append);
      case IntentEvent.Wire wire -> evolve(intent, wire, append);
    };
  }

  private static Intent evolve(Intent intent, IntentEvent.Fact event, Append append) {
    return switch (event) {
      case IntentEvent.PickedUp _ -> intent.delivery(intent.delivery().pickedUp(append.at()));
      case IntentEvent.GenerationChanged e -> intent.generation(e.generation());
      case IntentEvent.ControlsChanged e -> intent.controls(e.patch());
      case IntentEvent.PolicyChanged e -> intent.policy(e.patch());
      case IntentEvent.DeadlineMoved e -> intent.deadline(e.deadline());
    };
  }

  private static Intent evolve(Intent intent, IntentEvent.Wire event, Append append) {
    if (event.seq() != intent.seq() + 1) {
      throw new IllegalStateException(
          "Expected seq %d of intent %s, but found %d"
              .formatted(intent.seq() + 1, intent.id(), event.seq()));
    }
    Intent next =
        switch (event) {
          case IntentEvent.TaskDecided d -> intent.decided(d.decision());
          case IntentEvent.Transferred t -> intent.delivery(Delivery.to(t.to(), append.at()));
          case IntentEvent.DeliveryFailed _ -> intent.delivery(intent.delivery().givenUp());
          case IntentEvent.Created _,
              IntentEvent.Submitted _,
              IntentEvent.Delivered _,
              IntentEvent.TaskOpened _,
              IntentEvent.Reminded _,
              IntentEvent.Escalated _,
              IntentEvent.Progressed _,
              IntentEvent.Parked _,
              IntentEvent.Completed _,
              IntentEvent.Failed _,
              IntentEvent.Canceled _,
              IntentEvent.TimedOut _ ->
              intent;
        };
    return next.to(phase(intent, event, append), event.seq(), append.at());
  }

  private static Phase phase(Intent intent, IntentEvent.Wire event, Append append) {
    return switch (event) {
      case IntentEvent.Created _, IntentEvent.Submitted _, IntentEvent.Delivered _ ->
          new Phase.Mailed();
      case IntentEvent.TaskOpened e ->
          new Phase.Asked(
              new HumanTask(e.task(), e.draft(), append.at(), append.at(), 0, Optional.empty()));
      case IntentEvent.Reminded e ->
          new Phase.Asked(asked(intent).reminded(e.number(), append.at()));
      case IntentEvent.Escalated e -> new Phase.Asked(asked(intent).escalated(e.to(), append.at()));
      case IntentEvent.TaskDecided _, IntentEvent.Progressed _ -> new Phase.InProgress();
      case IntentEvent.Transferred _, IntentEvent.Parked _ -> new Phase.Passed();
      case IntentEvent.DeliveryFailed _ -> intent.phase();
      case IntentEvent.Completed e -> new Phase.Completed(e.result());
      case IntentEvent.Failed e -> new Phase.Failed(e.reason(), e.error(), e.result());
      case IntentEvent.Canceled e -> new Phase.Canceled(e.reason());
      case IntentEvent.TimedOut _ -> new Phase.TimedOut();
    };
  }

  private static HumanTask asked(Intent intent) {
    return intent
        .openTask()
        .orElseThrow(() -> new IllegalStateException("Expected an open task in " + intent.id()));
  }
}
