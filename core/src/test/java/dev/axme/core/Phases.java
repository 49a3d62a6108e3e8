package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.TO_REVIEWERS;
import static dev.axme.core.Samples.WORKER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The rows and columns that the rule table needs, as the sealed types have them, with examples. */
final class Phases {
  static final String ABSENT = "Absent";

  private Phases() {}

  /** The records of a sealed family, however deep. */
  static List<String> leaves(Class<?> family) {
    List<String> names = new ArrayList<>();
    for (Class<?> member : family.getPermittedSubclasses()) {
      if (member.isSealed()) {
        names.addAll(leaves(member));
      } else {
        names.add(member.getSimpleName());
      }
    }
    return names;
  }

  /** Every phase, and that there is no intent yet. */
  static List<String> all() {
    List<String> names = new ArrayList<>(List.of(ABSENT));
    names.addAll(leaves(Phase.class));
    return names;
  }

  /** A new story that stands in each phase. */
  static SequencedMap<String, Supplier<Story>> examples() {
    SequencedMap<String, Supplier<Story>> examples = new LinkedHashMap<>();
    examples.put(ABSENT, Story::given);
    examples.put("Mailed", Phases::mailed);
    examples.put("InProgress", () -> mailed().and(WORKER, Orders.proceed(true, "go"), NOON));
    examples.put("Passed", () -> mailed().and(WORKER, Orders.handOver(SECOND), NOON));
    examples.put("Asked", Phases::asked);
    examples.put("Awaiting", () -> Story.flow(Flows.step("work", Flows.agent(WORKER), "")));
    examples.put("Sleeping", () -> Story.flow(Flows.step("wait", Flows.delay(), "")));
    examples.put("Completed", () -> mailed().and(WORKER, Orders.complete(), NOON));
    examples.put("Failed", () -> asked().and(ALICE, Orders.answer("rejected"), NOON));
    examples.put(
        "Canceled", () -> asked().and(REQUESTER, Orders.resolve(IntentCommand.End.CANCELED), NOON));
    examples.put(
        "TimedOut",
        () -> asked().and(CLOCK, Orders.fire(Timer.Kind.DEADLINE, deadline()), deadline()));
    return examples;
  }

  static List<Actor> actors() {
    return List.of(ALICE, WORKER, CLOCK);
  }

  /** Every kind of command in every form that means something else. */
  static List<IntentCommand> commands() {
    List<IntentCommand> commands = new ArrayList<>();
    commands.add(Orders.create());
    commands.add(Orders.ask(Samples.approval()));
    commands.add(Orders.report(true));
    commands.add(Orders.report(false));
    commands.add(Orders.answer("approved"));
    commands.add(Orders.answer("rejected"));
    commands.add(Orders.proceed(true, "go"));
    commands.add(Orders.proceed(false, "stop"));
    commands.add(Orders.handOver(SECOND));
    Arrays.stream(IntentCommand.End.values()).map(Orders::resolve).forEach(commands::add);
    commands.add(Orders.pickUp(WORKER));
    commands.add(Orders.pickUp(SECOND));
    commands.add(Orders.note(Samples.TASK, new Notice.Fate.Sent("250 OK")));
    commands.add(Orders.note(Samples.TASK, new Notice.Fate.Seen()));
    commands.add(new IntentCommand.GiveUp(Samples.INTENT, NOON));
    commands.add(new IntentCommand.RevokeLinks(Samples.INTENT));
    commands.add(Orders.controls(Orders.KEEP));
    commands.add(Orders.policy(new DeadlineRule.In(HOUR)));
    commands.add(Orders.fire(Timer.Kind.REMINDER, NOON.plus(HOUR)));
    commands.add(Orders.fire(Timer.Kind.DEADLINE, deadline()));
    commands.add(Orders.fire(Timer.Kind.STEP, NOON.plus(HOUR)));
    commands.add(Orders.fire(Timer.Kind.WAKE, NOON.plus(HOUR)));
    return commands;
  }

  private static Story mailed() {
    return Story.mailed(Samples.request(), Optional.of(deadline()))
        .and(WORKER, Orders.pickUp(WORKER), NOON);
  }

  private static Story asked() {
    return Story.asked(
        Samples.remindedRequest(Samples.hourlyThen(1, TO_REVIEWERS)),
        Optional.of(deadline()),
        Samples.approval());
  }

  static Instant deadline() {
    return NOON.plus(HOUR.multipliedBy(9));
  }
}
