package dev.axme.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What callers do to a workflow while no person is asked (sections 3.6, 3.7). */
final class FlowOrders {
  private FlowOrders() {}

  /**
   * The agent of the open step may resume the workflow as if it were the step-intent: some know
   * only the workflow's id. Its owner may let the step go on, or not.
   */
  static Ruling advance(Root root, Intent parent, Actor actor, IntentCommand.Resume command) {
    if (command.answer().isPresent()) {
      return IntentMachine.refused(
          actor instanceof Actor.Human
              ? new Refusal.NobodyAsked(parent.id(), step(parent))
              : new Refusal.HumanDecisionRequired(parent.id()));
    }
    Intent work = work(root, parent);
    if (command.proceed().isEmpty()) {
      return counted(parent, Reports.report(work, actor, command.about(work.id())));
    }
    if (!Reports.mayFinish(parent, actor)) {
      return IntentMachine.refused(new Refusal.NotTheirs(parent.id()));
    }
    return counted(
        parent,
        command.proceed().get()
            ? new EventList(work)
                .progress(command.reason(), Optional.empty())
                .complete(Optional.empty())
                .accepted()
            : new Ruling.Accepted(rejected(parent, work, notApproved(command))));
  }

  /** Rejected, not failed: it is not tried again. */
  private static List<IntentEvent> rejected(Intent parent, Intent work, Optional<String> reason) {
    List<IntentEvent> events = new ArrayList<>();
    events.addAll(new EventList(work).fail(reason, Optional.empty(), Optional.empty()).events());
    events.addAll(
        new EventList(parent).endStep(step(parent), StepStatus.REJECTED, reason).events());
    return events;
  }

  /** The owner does not want to wait: for the end of a delay, or for the next try of a step. */
  static Ruling skip(
      Root root, Intent parent, Actor actor, IntentCommand.Resume command, Moment moment) {
    if (command.proceed().isEmpty()) {
      return IntentMachine.refused(
          actor instanceof Actor.Agent && command.answer().isPresent()
              ? new Refusal.HumanDecisionRequired(parent.id())
              : new Refusal.NobodyAsked(parent.id(), step(parent)));
    }
    if (!Reports.mayFinish(parent, actor)) {
      return IntentMachine.refused(new Refusal.NotTheirs(parent.id()));
    }
    return counted(
        parent,
        command.proceed().get()
            ? Flow.wake(root, parent, moment)
            : new EventList(parent)
                .endStep(step(parent), StepStatus.REJECTED, notApproved(command))
                .accepted());
  }

  /** Some agents resolve where others resume; whoever sent the workflow may end all of it. */
  static Ruling close(Root root, Intent parent, Actor actor, IntentCommand.Resolve command) {
    boolean cancels = command.end() == IntentCommand.End.CANCELED;
    if (!cancels && holds(parent, actor)) {
      Intent work = work(root, parent);
      return counted(parent, Ends.resolve(work, actor, command.about(work.id())));
    }
    if (!cancels && parent.run().orElseThrow().workflow().asksPeople() && !admin(actor)) {
      return IntentMachine.refused(new Refusal.HumanDecisionRequired(parent.id()));
    }
    return Ends.resolve(parent, actor, command);
  }

  /** Whether it is the agent whose turn it is. */
  private static boolean holds(Intent parent, Actor actor) {
    return actor instanceof Actor.Agent agent
        && parent.phase() instanceof Phase.Awaiting step
        && step.holder().address().equals(agent.address());
  }

  private static boolean admin(Actor actor) {
    return actor instanceof Actor.Human human && human.person().admin();
  }

  private static Optional<String> notApproved(IntentCommand.Resume command) {
    return command.reason().or(() -> Optional.of("not_approved"));
  }

  private static StepId step(Intent parent) {
    return parent.run().orElseThrow().step().id();
  }

  private static Intent work(Root root, Intent parent) {
    return root.intent(((Phase.Awaiting) parent.phase()).work()).orElseThrow();
  }

  /** What was applied to a workflow by its own id counts in its own generation. */
  private static Ruling counted(Intent parent, Ruling ruling) {
    if (!(ruling instanceof Ruling.Accepted accepted)) {
      return ruling;
    }
    List<IntentEvent> events = new ArrayList<>();
    events.add(new IntentEvent.GenerationChanged(parent.id(), parent.generation() + 1));
    events.addAll(accepted.events());
    return new Ruling.Accepted(events);
  }
}
