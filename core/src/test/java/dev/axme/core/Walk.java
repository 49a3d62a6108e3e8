package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One root that commands come to, and all that must hold after each of them. */
final class Walk {
  private static final RootId ROOT = new RootId(Samples.INTENT.value());

  private final List<Append> log = new ArrayList<>();
  private final Map<IntentId, Model> models = new HashMap<>();
  private final Map<IntentId, IntentId> parents = new HashMap<>();
  private final Timetable timers = new Timetable();
  private final Views views = new Views();
  private final Set<IntentCommand.FireTimer> seen = new LinkedHashSet<>();
  private Root root = Root.empty(ROOT);

  Root root() {
    return root;
  }

  Map<Timer, Instant> timers() {
    return timers.rows();
  }

  /** Every timer that was ever set, also those that are gone. */
  List<IntentCommand.FireTimer> seen() {
    return List.copyOf(seen);
  }

  Ruling step(Move move) {
    Root before = root;
    Ruling ruling = rule(move);
    assertThat(rule(move)).as("ruling twice").isEqualTo(ruling);
    switch (ruling) {
      case Ruling.Accepted accepted -> accepted(before, move, accepted);
      case Ruling.StaleGeneration stale -> assertThat(stale.current()).isEqualTo(generation(move));
      case Ruling.Stale _ -> {
        if (!(move.command() instanceof IntentCommand.PickUp
            || move.command() instanceof IntentCommand.RevokeLinks)) {
          assertThat(move.actor()).isEqualTo(Samples.CLOCK);
        }
      }
      case Ruling.Refused _ -> assertThat(move.actor()).isNotEqualTo(Samples.CLOCK);
    }
    assertThat(Root.fold(ROOT, log)).as("folding the log").isEqualTo(root);
    timersHold(move.moment());
    views.agree(root);
    root.intents().values().stream().filter(i -> i.run().isPresent()).forEach(this::agrees);
    return ruling;
  }

  private Ruling rule(Move move) {
    return IntentMachine.rule(root, move.actor(), move.command(), move.moment());
  }

  private int generation(Move move) {
    return root.intent(move.command().intent()).orElseThrow().generation();
  }

  private void accepted(Root before, Move move, Ruling.Accepted accepted) {
    Append append =
        new Append(
            root.version() + 1, move.moment().at(), move.actor().author(), accepted.events());
    for (IntentEvent event : append.events()) {
      follow(event, move);
      assertThat(whole(event.intent())).as("whose event").isEqualTo(whole(move.command().intent()));
    }
    log.add(append);
    root = before.after(append);
    timers.apply(append, root);
    views.apply(append, root);
    timers.rows().forEach((timer, due) -> seen.add(new IntentCommand.FireTimer(timer, due)));
    generationCounts(before, move);
  }

  /** Checks one event against what the events before it said. */
  private void follow(IntentEvent event, Move move) {
    if (event instanceof IntentEvent.Created created) {
      assertThat(models.put(event.intent(), new Model(created, move.moment().at()))).isNull();
      created.assignment().ifPresent(a -> assigned(created, a, move.moment()));
    }
    Model model = Objects.requireNonNull(models.get(event.intent()), "created first");
    // What became of a notice is noted whenever it is known.
    if (!(event instanceof IntentEvent.Notified)) {
      assertThat(model.over()).as("over before %s", event).isFalse();
    }
    if (event instanceof IntentEvent.Wire wire) {
      assertThat(wire.seq()).as("seq of %s", event).isEqualTo(model.seq() + 1);
    }
    decidedByPeople(event, model, move.actor());
    entitled(event, model, move.actor());
    model.flow().ifPresent(flow -> completes(event, flow, move.actor()));
    model.apply(event, move.moment().at());
  }

  /** The intent whose story this belongs to: a step's is its workflow's. */
  private IntentId whole(IntentId intent) {
    return parents.getOrDefault(intent, intent);
  }

  private void assigned(IntentEvent.Created work, Assignment assignment, Moment moment) {
    FlowModel flow = flow(assignment.parent());
    flow.worked(work.intent(), work);
    assertThat(work.deadline()).as("deadline of the step").isEqualTo(flow.due(moment.at()));
    parents.put(work.intent(), assignment.parent());
  }

  private FlowModel flow(IntentId parent) {
    return Objects.requireNonNull(models.get(parent)).flow().orElseThrow();
  }

  /** An agent's key ends what is its own, and lets its own workflow wait no longer. */
  private static void entitled(IntentEvent event, Model model, Actor actor) {
    boolean order =
        switch (event) {
          case IntentEvent.Completed _, IntentEvent.Failed _, IntentEvent.Canceled _ ->
              model.flow().filter(flow -> !flow.waits()).isEmpty();
          case IntentEvent.StepEnded _ -> model.flow().orElseThrow().sleeps();
          case IntentEvent.StepStarted _ -> model.flow().orElseThrow().sleeps();
          default -> false;
        };
    if (order && actor instanceof Actor.Agent agent) {
      assertThat(model.mayEnd(agent)).as("%s may cause %s", agent, event).isTrue();
    }
  }

  /** A workflow that asks people ends well at the end of its way, or because they say so. */
  private static void completes(IntentEvent event, FlowModel flow, Actor actor) {
    if (event instanceof IntentEvent.Completed && flow.asksPeople() && !flow.done()) {
      assertThat(actor).as("who completes").isInstanceOf(Actor.Human.class);
      assertThat(((Actor.Human) actor).person().admin()).as("is an administrator").isTrue();
    }
  }

  /** A workflow waits for exactly one open step-intent, or there is none. */
  private void agrees(Intent parent) {
    FlowModel flow = flow(parent.id());
    List<Intent> open =
        root.intents().values().stream()
            .filter(i -> i.assignment().filter(a -> a.parent().equals(parent.id())).isPresent())
            .filter(i -> !i.phase().status().terminal())
            .toList();
    flow.agrees(parent.run().orElseThrow());
    assertThat(flow.waits()).as("waits").isNotEqualTo(parent.phase().status().terminal());
    switch (parent.phase()) {
      case Phase.Awaiting step -> {
        assertThat(open).hasSize(1);
        Intent work = open.getFirst();
        assertThat(step)
            .isEqualTo(new Phase.Awaiting(work.id(), work.delivery().to(), work.deadline()));
        assertThat(parent.run().get().record().intent()).contains(work.id());
      }
      case Phase.Asked _, Phase.Sleeping _, Phase.Ended _ -> assertThat(open).isEmpty();
      case Phase.Mailed _, Phase.InProgress _, Phase.Passed _ ->
          throw new AssertionError("Expected the workflow to wait or to be over: " + parent);
    }
  }

  /** Nobody but a person whom the task names answers it, in any way. */
  private static void decidedByPeople(IntentEvent event, Model model, Actor actor) {
    boolean ends = event instanceof IntentEvent.Completed || event instanceof IntentEvent.Failed;
    if (event instanceof IntentEvent.TaskDecided
        || (model.asking() && (ends || event instanceof IntentEvent.Progressed))) {
      assertThat(model.mayDecide(actor)).as("%s may decide", actor).isTrue();
    }
    if (result(event).orElse(null) instanceof Result.Decided) {
      assertThat(actor).as("who decided").isInstanceOf(Actor.Human.class);
    }
  }

  private static Optional<Result> result(IntentEvent event) {
    if (event instanceof IntentEvent.Completed completed) {
      return completed.result();
    }
    return event instanceof IntentEvent.Failed failed ? failed.result() : Optional.empty();
  }

  private void generationCounts(Root before, Move move) {
    int was = before.intent(move.command().intent()).map(Intent::generation).orElse(0);
    boolean counts =
        switch (move.command()) {
          case IntentCommand.Create _,
              IntentCommand.PickUp _,
              IntentCommand.Note _,
              IntentCommand.GiveUp _,
              IntentCommand.RevokeLinks _,
              IntentCommand.FireTimer _ ->
              false;
          case IntentCommand.Resume _,
              IntentCommand.Resolve _,
              IntentCommand.ChangeControls _,
              IntentCommand.ChangePolicy _ ->
              true;
        };
    assertThat(generation(move)).as("generation").isEqualTo(counts ? was + 1 : was);
  }

  /**
   * The table has what the events call for; what is not in it is stale, what is due in it fires.
   */
  private void timersHold(Moment moment) {
    Map<Timer, Instant> expected = new LinkedHashMap<>();
    models.forEach(
        (id, model) -> model.due().forEach((kind, due) -> expected.put(new Timer(id, kind), due)));
    assertThat(timers.rows()).as("timers").containsExactlyInAnyOrderEntriesOf(expected);
    models.forEach(this::rulesAgree);
    for (IntentCommand.FireTimer fire : seen) {
      boolean due = !moment.at().isBefore(fire.due());
      boolean held = fire.due().equals(expected.get(fire.timer()));
      Ruling ruling = IntentMachine.rule(root, Samples.CLOCK, fire, moment);
      Class<?> expects = (due && held) ? Ruling.Accepted.class : Ruling.Stale.class;
      if (!expects.isInstance(ruling)) {
        throw new AssertionError(
            "%s at %s: held %s, due %s, but %s".formatted(fire, moment.at(), held, due, ruling));
      }
    }
  }

  private void rulesAgree(IntentId id, Model model) {
    Intent intent = root.intent(id).orElseThrow();
    Map<Timer.Kind, Instant> expected = model.due();
    for (Timer.Kind kind : Timer.Kind.values()) {
      Optional<Instant> due = Timers.due(intent, kind);
      if (!model.over() && !due.equals(Optional.ofNullable(expected.get(kind)))) {
        throw new AssertionError("%s of %s: %s, not %s".formatted(kind, id, due, expected));
      }
    }
  }
}
