package dev.axme.store;

import static dev.axme.store.Samples.ALICE;
import static dev.axme.store.Samples.RITA;
import static dev.axme.store.Samples.SECOND;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Notice;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Scribe.Answer.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What happens to intents from their creation to their end: together they come by every event. */
final class Stories {
  private final Store store;
  private final Scribe scribe;
  private final WorkspaceId workspace;

  Stories(Store store, WorkspaceId workspace) {
    this.store = store;
    this.scribe = new Scribe(store);
    this.workspace = workspace;
  }

  List<List<Accepted>> all() {
    List<List<Accepted>> all = new ArrayList<>(new FlowStories(store, workspace).all());
    all.addAll(plain());
    return all;
  }

  private List<List<Accepted>> plain() {
    return List.of(
        handedOverAndDone(),
        remindedEscalatedApproved(),
        rejected(),
        canceled(),
        failed(),
        timedOut(),
        neverTaken(),
        waiting());
  }

  List<Accepted> handedOverAndDone() {
    IntentId intent = Samples.intent();
    Instant tomorrow = store.now().plus(Duration.ofDays(1));
    return accepted(
        Order.create(workspace, intent),
        Order.pickUp(workspace, intent),
        Order.controls(workspace, intent, new DeadlineRule.At(tomorrow)),
        Order.policy(workspace, intent),
        Order.handOver(workspace, intent, SECOND.address()),
        Order.proceed(workspace, intent, OptionalInt.of(3)),
        Order.controls(workspace, intent, Samples.NEVER),
        Order.report(workspace, intent));
  }

  List<Accepted> remindedEscalatedApproved() {
    IntentId intent = Samples.intent();
    Accepted asked =
        scribe.accept(
            Order.ask(
                workspace,
                intent,
                Samples.approval(Samples.TO_ALICE),
                Samples.reminded(1, Optional.of(Samples.TO_REVIEWERS)),
                new DeadlineRule.In(Duration.ofDays(2))));
    Accepted told =
        scribe.accept(Order.told(workspace, intent, new Notice.Fate.Sent("250 2.0.0 queued")));
    Accepted revoked =
        scribe.accept(Order.of(workspace, ALICE, new IntentCommand.RevokeLinks(intent)));
    Accepted reminded = scribe.accept(fire(intent, Timer.Kind.REMINDER));
    Accepted escalated = scribe.accept(fire(intent, Timer.Kind.ESCALATION));
    Accepted approved = scribe.accept(Order.answer(workspace, intent, RITA, "approved"));
    return List.of(asked, told, revoked, reminded, escalated, approved);
  }

  List<Accepted> rejected() {
    IntentId intent = Samples.intent();
    return accepted(
        Order.ask(workspace, intent, Samples.approval()),
        Order.answer(workspace, intent, ALICE, "rejected"));
  }

  List<Accepted> canceled() {
    IntentId intent = Samples.intent();
    return accepted(
        Order.ask(workspace, intent, Samples.approval()),
        Order.resolve(workspace, intent, IntentCommand.End.CANCELED));
  }

  List<Accepted> failed() {
    IntentId intent = Samples.intent();
    return accepted(
        Order.create(workspace, intent),
        Order.resolve(workspace, intent, IntentCommand.End.FAILED));
  }

  List<Accepted> neverTaken() {
    IntentId intent = Samples.intent();
    IntentRequest once = Samples.request(Mailbox.here(SECOND.address()), Optional.empty(), 0);
    Accepted created =
        scribe.accept(
            Order.create(workspace, intent, once, new DeadlineRule.In(Duration.ofNanos(1_000))));
    return List.of(created, scribe.accept(fire(intent, Timer.Kind.DEADLINE)));
  }

  List<Accepted> timedOut() {
    IntentId intent = Samples.intent();
    Accepted asked =
        scribe.accept(
            Order.ask(
                workspace,
                intent,
                Samples.approval(Samples.TO_REVIEWERS),
                Samples.request(),
                new DeadlineRule.In(Duration.ofNanos(1_000))));
    return List.of(asked, scribe.accept(fire(intent, Timer.Kind.DEADLINE)));
  }

  List<Accepted> waiting() {
    IntentId intent = Samples.intent();
    return accepted(
        Order.ask(
            workspace,
            intent,
            Samples.approval(Samples.TO_ALICE),
            Samples.reminded(3, Optional.empty()),
            new DeadlineRule.In(Duration.ofDays(3))),
        Order.policy(workspace, intent));
  }

  private List<Accepted> accepted(Order... orders) {
    return List.of(orders).stream().map(scribe::accept).toList();
  }

  private Order fire(IntentId intent, Timer.Kind kind) {
    return Order.due(store, workspace, new Timer(intent, kind));
  }
}
