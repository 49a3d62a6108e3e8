package dev.axme.bench.crash;

import dev.axme.bench.process.Launch;
import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Effects;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Person;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.TaskId;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.DueTimer;
import dev.axme.store.IntentQuery;
import dev.axme.store.IntentRow;
import dev.axme.store.Page;
import dev.axme.store.Store;
import dev.axme.store.TaskQuery;
import dev.axme.store.TaskRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds every root of the log and compares what comes out with the views: intents, tasks, timers,
 * and that each payload which an intent names is stored.
 */
public final class FoldCheck {
  private static final int PAGE = 1000;
  private static final Instant END_OF_TIME = Instant.parse("2200-01-01T00:00:00Z");

  private final Store store;
  private final WorkspaceId workspace;
  private final Findings findings;
  private final Map<IntentId, Intent> folded = new HashMap<>();
  private final Map<Timer, Instant> timers = new HashMap<>();

  private FoldCheck(Store store, WorkspaceId workspace, Findings findings) {
    this.store = store;
    this.workspace = workspace;
    this.findings = findings;
  }

  /** The check of the store that a server used, once the server has stopped. */
  public static StoreCheck of(Launch launch) {
    return () -> {
      try (Store store = Stores.open(launch)) {
        return disagreements(store);
      }
    };
  }

  private static List<String> disagreements(Store store) {
    var findings = new Findings();
    for (Directory.Workspace each : store.directory().workspaces()) {
      new FoldCheck(store, each.id(), findings).check();
    }
    return findings.all();
  }

  private void check() {
    long head = store.heads(List.of(workspace)).getOrDefault(workspace, 0L);
    List<RootId> appends = store.changedRoots(workspace, 0, head);
    Set<RootId> roots = new LinkedHashSet<>(appends);
    long expected = 0;
    for (RootId root : roots) {
      expected += fold(root);
    }
    findings.expect(
        expected == appends.size(), "Rows of the log are not seen below the head", head);
    checkIntents();
    checkTasks();
    checkTimers(roots);
  }

  private int fold(RootId id) {
    List<Append> log = store.log(workspace, id);
    Root root = Root.empty(id);
    for (Append append : log) {
      root = root.after(append);
      for (IntentEvent event : append.events()) {
        plan(event, root, append.at());
      }
    }
    folded.putAll(root.intents());
    for (Intent intent : root.intents().values()) {
      boolean there = store.payload(workspace, id, intent.request().payload().digest()).isPresent();
      findings.expect(there, "The payload is missing", intent.id());
    }
    return log.size();
  }

  /** Keeps the timers as the effects of the events say; one that fires is gone first. */
  private void plan(IntentEvent event, Root root, Instant at) {
    fired(event).ifPresent(kind -> timers.remove(new Timer(event.intent(), kind)));
    Intent after = root.intent(event.intent()).orElseThrow();
    for (Effect effect : Effects.of(event, after, at)) {
      if (effect instanceof Effect.SetTimer set) {
        timers.put(set.timer(), set.due());
      } else if (effect instanceof Effect.ClearTimer clear) {
        timers.remove(clear.timer());
      }
    }
  }

  private static Optional<Timer.Kind> fired(IntentEvent event) {
    if (event instanceof IntentEvent.Reminded) {
      return Optional.of(Timer.Kind.REMINDER);
    }
    return event instanceof IntentEvent.Escalated
        ? Optional.of(Timer.Kind.ESCALATION)
        : Optional.empty();
  }

  private void checkIntents() {
    Map<IntentId, IntentRow> rows = new HashMap<>();
    each(
        after ->
            store.intents(
                workspace,
                new IntentQuery(
                    List.of(), Optional.empty(), Optional.empty(), Optional.empty(), after, PAGE)),
        row ->
            findings.expect(rows.put(row.id(), row) == null, "Two rows of one intent", row.id()));
    findings.expect(
        rows.keySet().equals(folded.keySet()),
        "The view of intents has others than the log",
        rows.size(),
        folded.size());
    folded.forEach(
        (id, intent) -> {
          IntentRow row = rows.get(id);
          if (row != null) {
            IntentRow wanted = row(intent);
            findings.expect(row.equals(wanted), "The view of an intent is wrong", row, wanted);
          }
        });
  }

  private static IntentRow row(Intent intent) {
    return new IntentRow(
        intent.id(),
        intent.phase().status(),
        intent.request().type(),
        intent.request().from().value(),
        intent.request().toAsWritten(),
        intent.request().correlation(),
        intent.createdAt(),
        intent.updatedAt());
  }

  private void checkTasks() {
    Optional<Person> admin =
        store.directory().people(workspace).stream()
            .map(p -> new Person(p.id(), p.email(), p.name(), p.roles()))
            .filter(Person::admin)
            .findFirst();
    if (admin.isEmpty()) {
      findings.expect(folded.isEmpty(), "Nobody may see the tasks of workspace", workspace);
      return;
    }
    Map<TaskId, TaskRow> rows = new HashMap<>();
    for (boolean open : new boolean[] {true, false}) {
      each(
          after -> store.tasks(workspace, new TaskQuery(admin.get(), open, after, PAGE)),
          row ->
              findings.expect(
                  rows.put(row.task(), row) == null, "Two rows of one task", row.task()));
    }
    for (Intent intent : folded.values()) {
      intent.lastTask().ifPresent(task -> checkTask(intent, task, rows.remove(task.id())));
    }
    findings.expect(rows.isEmpty(), "Tasks that the log does not know", rows.keySet());
  }

  private void checkTask(Intent intent, HumanTask task, @Nullable TaskRow row) {
    if (row == null) {
      findings.add("The view of tasks lacks one", intent.id(), task.id());
      return;
    }
    findings.expect(
        row.open() == intent.openTask().isPresent()
            && row.status() == intent.phase().status()
            && row.assignees().equals(task.assignees()),
        "The view of a task is wrong",
        row,
        intent);
  }

  private void checkTimers(Set<RootId> roots) {
    Map<Timer, Instant> stored = new HashMap<>();
    for (DueTimer due : store.dueTimers(END_OF_TIME, Integer.MAX_VALUE)) {
      if (due.workspace().equals(workspace)) {
        findings.expect(roots.contains(due.root()), "A timer of no root", due);
        stored.put(due.timer(), due.due());
      }
    }
    findings.expect(stored.equals(timers), "Timers: stored, and as the log has it", stored, timers);
  }

  private static <T> void each(Function<Optional<String>, Page<T>> pages, Consumer<T> use) {
    Optional<String> after = Optional.empty();
    do {
      Page<T> page = pages.apply(after);
      page.rows().forEach(use);
      after = page.next();
    } while (after.isPresent());
  }
}
