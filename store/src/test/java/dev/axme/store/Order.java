package dev.axme.store;

import dev.axme.core.Actor;
import dev.axme.core.Address;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Notice;
import dev.axme.core.Payload;
import dev.axme.core.RootId;
import dev.axme.core.TaskDraft;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** A command on its way into the store, as a {@link Scribe} takes it. */
record Order(
    WorkspaceId workspace,
    Actor actor,
    IntentCommand command,
    List<Blob> blobs,
    Optional<RequestKey> request,
    Optional<Credential> credential,
    List<Directory.Account> newcomers,
    Optional<IntentId> whole) {

  static Order of(WorkspaceId workspace, Actor actor, IntentCommand command, Blob... blobs) {
    return new Order(
        workspace,
        actor,
        command,
        List.of(blobs),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  static Order create(WorkspaceId workspace, IntentId intent) {
    return create(workspace, intent, Samples.request());
  }

  static Order create(WorkspaceId workspace, IntentId intent, IntentRequest request) {
    return create(workspace, intent, request, Samples.NEVER);
  }

  static Order create(
      WorkspaceId workspace, IntentId intent, IntentRequest request, DeadlineRule deadline) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.Create(intent, request, deadline, Optional.empty(), Optional.empty()),
        Samples.PAYLOAD);
  }

  static Order pickUp(WorkspaceId workspace, IntentId intent) {
    return pickUp(workspace, intent, Samples.WORKER);
  }

  static Order pickUp(WorkspaceId workspace, IntentId intent, Actor.Agent holder) {
    return of(workspace, holder, new IntentCommand.PickUp(intent, holder.address()));
  }

  static Order ask(WorkspaceId workspace, IntentId intent, TaskDraft draft) {
    return ask(workspace, intent, draft, Samples.request(), Samples.NEVER);
  }

  static Order ask(
      WorkspaceId workspace,
      IntentId intent,
      TaskDraft draft,
      IntentRequest request,
      DeadlineRule deadline) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.Create(intent, request, deadline, Optional.of(draft), Optional.empty()),
        Samples.PAYLOAD,
        Samples.QUESTION);
  }

  static Order answer(WorkspaceId workspace, IntentId intent, Actor.Human who, String outcome) {
    IntentCommand.Answer answer =
        new IntentCommand.Answer(
            outcome,
            Optional.of("as discussed"),
            false,
            Optional.of(Samples.RESULT.payload()),
            Optional.empty());
    return of(
        workspace,
        who,
        new IntentCommand.Resume(
            intent,
            Optional.empty(),
            Optional.of(answer),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty()),
        Samples.RESULT);
  }

  /** What became of a mail to Alice that is about no question in particular. */
  static Order told(WorkspaceId workspace, IntentId intent, Notice.Fate fate) {
    Notice notice =
        new Notice(Notice.Kind.TOLD, Optional.empty(), 0, Optional.of("alice@example.com"));
    return of(workspace, new Actor.Clock(), new IntentCommand.Note(intent, notice, fate));
  }

  static Order report(WorkspaceId workspace, IntentId intent) {
    IntentCommand.Report report = new IntentCommand.Report(true, Samples.RESULT.payload());
    return of(
        workspace,
        Samples.WORKER,
        new IntentCommand.Resume(
            intent,
            Optional.of(report),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("tests are green"),
            OptionalInt.empty()),
        Samples.RESULT);
  }

  /** Lets a plain intent go on; {@code expected} makes it a compare-and-set. */
  static Order proceed(WorkspaceId workspace, IntentId intent, OptionalInt expected) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.Resume(
            intent,
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.of("go on"),
            expected));
  }

  static Order handOver(WorkspaceId workspace, IntentId intent, Address next) {
    return handOver(workspace, intent, Mailbox.here(next));
  }

  static Order handOver(WorkspaceId workspace, IntentId intent, Mailbox next) {
    return of(
        workspace,
        Samples.WORKER,
        new IntentCommand.Resume(
            intent,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(next),
            Optional.empty(),
            OptionalInt.empty()));
  }

  static Order resolve(WorkspaceId workspace, IntentId intent, IntentCommand.End end) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.Resolve(
            intent,
            end,
            Optional.empty(),
            Optional.empty(),
            Optional.of("no longer needed"),
            OptionalInt.empty()));
  }

  static Order controls(WorkspaceId workspace, IntentId intent, DeadlineRule deadline) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.ChangeControls(intent, patch(), deadline, OptionalInt.empty()),
        Samples.RESULT);
  }

  static Order policy(WorkspaceId workspace, IntentId intent) {
    return of(
        workspace,
        Samples.REQUESTER,
        new IntentCommand.ChangePolicy(
            intent, patch(), new DeadlineRule.Keep(), OptionalInt.empty()),
        Samples.RESULT);
  }

  private static SequencedMap<String, Optional<Payload>> patch() {
    SequencedMap<String, Optional<Payload>> patch = new LinkedHashMap<>();
    patch.put("priority", Optional.of(Samples.RESULT.payload()));
    patch.put("hold", Optional.empty());
    return patch;
  }

  static Order fire(WorkspaceId workspace, Timer timer, Instant due) {
    return of(workspace, Samples.CLOCK, new IntentCommand.FireTimer(timer, due));
  }

  /** The timer as the store finds it due. */
  static Order due(Store store, WorkspaceId workspace, Timer timer) {
    return store.dueTimers(store.now(), 10_000).stream()
        .filter(due -> due.workspace().equals(workspace) && due.timer().equals(timer))
        .findFirst()
        .map(due -> fire(workspace, timer, due.due()).in(new IntentId(due.root().value())))
        .orElseThrow(() -> new AssertionError("Expected " + timer + " to be due"));
  }

  Order keyed(RequestKey key) {
    return new Order(
        workspace, actor, command, blobs, Optional.of(key), credential, newcomers, whole);
  }

  Order with(Credential used) {
    return new Order(
        workspace, actor, command, blobs, request, Optional.of(used), newcomers, whole);
  }

  Order bringing(Directory.Account... accounts) {
    return new Order(
        workspace, actor, command, blobs, request, credential, List.of(accounts), whole);
  }

  /** The same about a step-intent of {@code workflow}. */
  Order in(IntentId workflow) {
    return new Order(
        workspace, actor, command, blobs, request, credential, newcomers, Optional.of(workflow));
  }

  RootId root() {
    return new RootId(whole.orElse(command.intent()).value());
  }

  Want want() {
    return new Want(
        workspace, root(), command instanceof IntentCommand.Create, request, credential, newcomers);
  }

  Optional<DueTimer> fired() {
    return command instanceof IntentCommand.FireTimer f
        ? Optional.of(new DueTimer(workspace, root(), f.timer(), f.due()))
        : Optional.empty();
  }
}
