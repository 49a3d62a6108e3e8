package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the events of one intent come to, told a second time and apart from the rules. */
final class Model {
  private final IntentRequest request;
  private final Optional<FlowModel> flow;
  private final List<Assignee> named = new ArrayList<>();
  private Optional<ReminderPlan> plan = Optional.empty();
  private Optional<Instant> expires = Optional.empty();
  private Optional<Instant> wake = Optional.empty();
  private Optional<Instant> deadline;
  private Address holder;
  private Instant noticed;
  private int reminders;
  private boolean everybody;
  private boolean escalated;
  private boolean asking;
  private boolean taken;
  private boolean over;
  private int seq;

  Model(IntentEvent.Created created, Instant at) {
    this.request = created.request();
    this.deadline = created.deadline();
    this.holder = request.to().address();
    this.noticed = at;
    this.flow = created.scenario().flatMap(Scenario::workflow).map(FlowModel::new);
  }

  void apply(IntentEvent event, Instant at) {
    switch (event) {
      case IntentEvent.TaskOpened e -> {
        flow.ifPresent(FlowModel::opened);
        ask(e.draft(), at);
      }
      case IntentEvent.Reminded _ -> {
        noticed = at;
        reminders++;
      }
      case IntentEvent.Escalated e -> {
        if (asking) {
          escalated = true;
          named.add(e.to());
        }
      }
      case IntentEvent.TaskDecided e -> {
        flow.ifPresent(f -> f.decided(e));
        asking = false;
      }
      case IntentEvent.StepStarted e -> {
        flow.orElseThrow().started(e, deadline, at);
        wake = Optional.empty();
      }
      case IntentEvent.StepAssigned e -> flow.orElseThrow().assigned(e);
      case IntentEvent.StepDelayed e -> {
        flow.orElseThrow().delayed(e, deadline, at);
        wake = Optional.of(e.until());
      }
      case IntentEvent.StepEnded e -> {
        flow.orElseThrow().ended(e);
        asking = false;
        wake = Optional.empty();
      }
      case IntentEvent.Completed _,
          IntentEvent.Failed _,
          IntentEvent.Canceled _,
          IntentEvent.TimedOut _ -> {
        asking = false;
        over = true;
        flow.ifPresent(f -> f.over(event, deadline, at));
      }
      case IntentEvent.DeadlineMoved e -> deadline = e.deadline();
      case IntentEvent.PickedUp _ -> taken = true;
      case IntentEvent.Transferred e -> {
        taken = false;
        holder = e.to().address();
      }
      case IntentEvent.DeliveryFailed _ -> assertThat(taken || asking).as("taken").isFalse();
      case IntentEvent.Created _,
          IntentEvent.Submitted _,
          IntentEvent.Delivered _,
          IntentEvent.Progressed _,
          IntentEvent.Parked _,
          IntentEvent.Notified _,
          IntentEvent.LinksRevoked _,
          IntentEvent.GenerationChanged _,
          IntentEvent.ControlsChanged _,
          IntentEvent.PolicyChanged _ -> {}
    }
    if (event instanceof IntentEvent.Wire wire) {
      seq = wire.seq();
    }
  }

  private void ask(TaskDraft draft, Instant at) {
    asking = true;
    noticed = at;
    reminders = 0;
    escalated = false;
    everybody = draft.assignees().isEmpty();
    named.clear();
    named.addAll(draft.assignees());
    plan = flow.map(f -> f.plan(request.reminders())).orElseGet(request::reminders);
    expires = flow.flatMap(f -> f.due(at));
  }

  Optional<FlowModel> flow() {
    return flow;
  }

  int seq() {
    return seq;
  }

  boolean asking() {
    return asking;
  }

  boolean over() {
    return over;
  }

  /** Whether this agent may end it: a workflow's sender, or one who has something to do with it. */
  boolean mayEnd(Actor.Agent agent) {
    Address address = agent.address();
    return address.equals(request.from())
        || (flow.isEmpty()
            && (!request.toRegistered()
                || address.equals(request.to().address())
                || address.equals(holder)));
  }

  /** Whether this actor may answer the question: a person who is named, or an administrator. */
  boolean mayDecide(Actor actor) {
    if (!(actor instanceof Actor.Human human)) {
      return false;
    }
    Person person = human.person();
    return everybody
        || person.roles().contains("org_owner")
        || named.contains(new Assignee.Email(person.email()))
        || person.roles().stream().anyMatch(role -> named.contains(new Assignee.Role(role)));
  }

  /** The timers that must be there, and when. */
  Map<Timer.Kind, Instant> due() {
    Map<Timer.Kind, Instant> due = new EnumMap<>(Timer.Kind.class);
    if (over) {
      return due;
    }
    deadline.ifPresent(at -> due.put(Timer.Kind.DEADLINE, at));
    wake.ifPresent(at -> due.put(Timer.Kind.WAKE, at));
    if (asking) {
      expires.ifPresent(at -> due.put(Timer.Kind.STEP, at));
      plan.ifPresent(p -> remind(p, due));
    }
    return due;
  }

  private void remind(ReminderPlan p, Map<Timer.Kind, Instant> due) {
    Duration wait = reminders == 0 ? p.after() : p.every();
    if (reminders < p.max()) {
      due.put(Timer.Kind.REMINDER, noticed.plus(wait));
    } else if (p.escalateTo().isPresent() && !escalated) {
      due.put(Timer.Kind.ESCALATION, noticed.plus(wait));
    }
  }
}
