package dev.axme.core;

import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What was given so far, and what one command comes to on top of it. */
final class Story {
  private static final long SEED = 7;

  private final Timetable timers = new Timetable();
  private Root root = Root.empty(new RootId(INTENT.value()));

  private final List<Append> log = new ArrayList<>();
  private final boolean reachesPeople;

  private Story(boolean reachesPeople) {
    this.reachesPeople = reachesPeople;
  }

  /** These events happened at noon, in one append. */
  static Story given(IntentEvent... events) {
    return given(new Story(true), events);
  }

  /** On a server that has no channel to people. */
  static Story unreachable() {
    return new Story(false);
  }

  private static Story given(Story story, IntentEvent... events) {
    if (events.length > 0) {
      story.append(REQUESTER, List.of(events), NOON);
    }
    return story;
  }

  /** A plain intent lies in the worker's mailbox. */
  static Story mailed() {
    return mailed(Samples.request(), Optional.empty());
  }

  static Story mailed(IntentRequest request, Optional<Instant> deadline) {
    return given(
        new IntentEvent.Created(INTENT, 1, request, deadline, Optional.empty(), Optional.empty()),
        new IntentEvent.Submitted(INTENT, 2),
        new IntentEvent.Delivered(INTENT, 3));
  }

  /** A direct human task waits for an answer since noon. */
  static Story asked(TaskDraft draft) {
    return asked(Samples.request(), Optional.empty(), draft);
  }

  static Story asked(IntentRequest request, Optional<Instant> deadline, TaskDraft draft) {
    return given(
        new IntentEvent.Created(INTENT, 1, request, deadline, Optional.empty(), Optional.empty()),
        new IntentEvent.Submitted(INTENT, 2),
        new IntentEvent.Delivered(INTENT, 3),
        new IntentEvent.TaskOpened(INTENT, 4, TASK, draft));
  }

  /** This happened as well; the rules accept it. */
  Story and(Actor actor, IntentCommand command, Instant at) {
    Ruling ruling = rule(actor, command, at);
    assertThat(ruling).isInstanceOf(Ruling.Accepted.class);
    append(actor, ((Ruling.Accepted) ruling).events(), at);
    return this;
  }

  Then when(Actor actor, IntentCommand command) {
    return when(actor, command, NOON);
  }

  Then when(Actor actor, IntentCommand command, Instant at) {
    Ruling ruling = rule(actor, command, at);
    if (ruling instanceof Ruling.Accepted accepted) {
      append(actor, accepted.events(), at);
    }
    return new Then(ruling, this);
  }

  Ruling rule(Actor actor, IntentCommand command, Instant at) {
    return IntentMachine.rule(
        root, actor, command, new Moment(at, SEED + root.version(), reachesPeople));
  }

  /** Every notice that was noted, in order. */
  List<IntentEvent.Notified> notified() {
    return log.stream()
        .flatMap(a -> a.events().stream())
        .filter(IntentEvent.Notified.class::isInstance)
        .map(IntentEvent.Notified.class::cast)
        .toList();
  }

  Root root() {
    return root;
  }

  Intent intent() {
    return root.intent(INTENT).orElseThrow();
  }

  /** The workflow began at noon, one step after the other. */
  static Story flow(Step... steps) {
    return given().and(REQUESTER, Flows.start(steps), NOON);
  }

  /** The step-intent of the step that was given to an agent last. */
  Intent work() {
    return root.intents().sequencedValues().getLast();
  }

  StepRecord record(String step) {
    return Objects.requireNonNull(
        intent().run().orElseThrow().records().get(new StepId(step)), step);
  }

  Optional<Instant> due(Timer.Kind kind) {
    return timers.due(new Timer(INTENT, kind));
  }

  private void append(Actor actor, List<IntentEvent> events, Instant at) {
    Append append = new Append(root.version() + 1, at, actor.author(), events);
    log.add(append);
    root = root.after(append);
    timers.apply(append, root);
  }

  /** What the rules answered. */
  record Then(Ruling ruling, Story story) {
    Story then(IntentEvent... events) {
      assertThat(ruling).isEqualTo(new Ruling.Accepted(Arrays.asList(events)));
      return story;
    }

    /** What is told on the wire of {@link Samples#INTENT}, by name. */
    Story thenTold(String... names) {
      assertThat(ruling).isInstanceOf(Ruling.Accepted.class);
      assertThat(((Ruling.Accepted) ruling).events())
          .filteredOn(e -> e instanceof IntentEvent.Wire && e.intent().equals(INTENT))
          .extracting(e -> e.getClass().getSimpleName())
          .containsExactly(names);
      return story;
    }

    Story thenPhase(Class<? extends Phase> phase) {
      assertThat(ruling).isInstanceOf(Ruling.Accepted.class);
      assertThat(story.intent().phase()).isInstanceOf(phase);
      return story;
    }

    void thenRefused(Refusal refusal) {
      assertThat(ruling).isEqualTo(new Ruling.Refused(refusal));
    }

    void thenNothing() {
      assertThat(ruling).isEqualTo(new Ruling.Stale());
    }

    void thenStaleGeneration(int current) {
      assertThat(ruling).isEqualTo(new Ruling.StaleGeneration(current));
    }
  }
}
