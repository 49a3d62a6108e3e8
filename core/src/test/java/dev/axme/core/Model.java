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
  private final List<Assignee> named = new ArrayList<>();
  private Optional<Instant> deadline;
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
    this.noticed = at;
  }

  void apply(IntentEvent event, Instant at) {
    switch (event) {
      case IntentEvent.TaskOpened e -> {
        asking = true;
        noticed = at;
        everybody = e.draft().assignees().isEmpty();
        named.addAll(e.draft().assignees());
      }
      case IntentEvent.Reminded _ -> {
        noticed = at;
        reminders++;
      }
      case IntentEvent.Escalated e -> {
        escalated = true;
        named.add(e.to());
      }
      case IntentEvent.TaskDecided _ -> asking = false;
      case IntentEvent.Completed _,
          IntentEvent.Failed _,
          IntentEvent.Canceled _,
          IntentEvent.TimedOut _ -> {
        asking = false;
        over = true;
      }
      case IntentEvent.DeadlineMoved e -> deadline = e.deadline();
      case IntentEvent.PickedUp _ -> taken = true;
      case IntentEvent.Transferred _ -> taken = false;
      case IntentEvent.DeliveryFailed _ -> assertThat(taken || asking).as("taken").isFalse();
      case IntentEvent.Created _,
          IntentEvent.Submitted _,
          IntentEvent.Delivered _,
          IntentEvent.Progressed _,
          IntentEvent.Parked _,
          IntentEvent.StepStarted _,
          IntentEvent.StepAssigned _,
          IntentEvent.StepDelayed _,
          IntentEvent.StepEnded _,
          IntentEvent.GenerationChanged _,
          IntentEvent.ControlsChanged _,
          IntentEvent.PolicyChanged _ -> {}
    }
    if (event instanceof IntentEvent.Wire wire) {
      seq = wire.seq();
    }
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
    if (asking && request.reminders().isPresent()) {
      ReminderPlan plan = request.reminders().get();
      Duration wait = reminders == 0 ? plan.after() : plan.every();
      if (reminders < plan.max()) {
        due.put(Timer.Kind.REMINDER, noticed.plus(wait));
      } else if (plan.escalateTo().isPresent() && !escalated) {
        due.put(Timer.Kind.ESCALATION, noticed.plus(wait));
      }
    }
    return due;
  }
}
