package dev.axme.store.verify;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Effects;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Payload;
import dev.axme.core.Root;
import dev.axme.core.Timer;
import dev.axme.store.Micros;
import dev.axme.store.Rows;
import dev.axme.store.StoredRows;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The rows of every view that one root's log calls for, as text by key: derived from the events and
 * the rules' effects alone, in the order of the log.
 */
final class ExpectedRows {
  private final Map<String, String> intents = new LinkedHashMap<>();
  private final Map<String, String> tasks = new LinkedHashMap<>();
  private final SequencedMap<Timer, Instant> timers = new LinkedHashMap<>();
  private final Map<String, Boolean> deliveries = new LinkedHashMap<>();
  private final Map<String, Integer> payloads = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();
  private Root root;

  private ExpectedRows(Root empty) {
    this.root = empty;
  }

  /** Follows a log whose appends are at {@code positions}, by their number. */
  static ExpectedRows of(Root empty, List<Append> log, Map<Long, Long> positions) {
    ExpectedRows rows = new ExpectedRows(empty);
    Map<Object, Integer> seqs = new HashMap<>();
    Instant before = Instant.MIN;
    for (Append append : log) {
      if (append.at().isBefore(before)) {
        rows.broken.add("time runs backwards at append " + append.number());
      }
      before = append.at();
      append.events().forEach(e -> rows.number(e, seqs));
      rows.follow(append, positions.getOrDefault((long) append.number(), -1L));
    }
    rows.show();
    return rows;
  }

  private void number(IntentEvent event, Map<Object, Integer> seqs) {
    if (event instanceof IntentEvent.Wire wire) {
      int expected = seqs.merge(event.intent(), 1, Integer::sum);
      if (wire.seq() != expected) {
        broken.add("expected seq %d, but found %s".formatted(expected, event));
      }
    }
  }

  private void follow(Append append, long position) {
    root = root.after(append);
    for (IntentEvent event : append.events()) {
      collect(event);
      Intent after = root.intent(event.intent()).orElseThrow();
      Effects.of(event, after, append.at()).forEach(e -> apply(e, position));
    }
    // A question that is closed stays as it was then, whatever becomes of its workflow.
    questions().filter(view -> !view.open()).forEach(this::show);
  }

  private Stream<Rows.TaskView> questions() {
    return root.intents().values().stream()
        .flatMap(
            intent ->
                Stream.concat(
                        intent.run().stream().flatMap(run -> run.tasks().values().stream()),
                        intent.lastTask().stream())
                    .map(task -> new Rows.TaskView(intent, task)));
  }

  private void show(Rows.TaskView view) {
    tasks.putIfAbsent(view.intent().id() + "/" + view.task().id(), task(view));
  }

  private void apply(Effect effect, long position) {
    switch (effect) {
      case Effect.Deliver e ->
          deliveries.put(
              key(e, e.to().abroad().isPresent() ? -1 : position), e.mail() == Effect.Mail.WORK);
      case Effect.CloseDelivery e ->
          deliveries.replaceAll((key, open) -> open && !key.startsWith(e.intent() + " to "));
      case Effect.SetTimer e -> timers.put(e.timer(), e.due());
      case Effect.ClearTimer e -> timers.remove(e.timer());
      case Effect.ShowIntent _, Effect.ShowTask _, Effect.Tell _ -> {}
    }
  }

  /** A mailbox abroad gives the number, so the log does not know it: it is -1 here. */
  private static String key(Effect.Deliver e, long position) {
    return "%s to %s as %s at %d".formatted(e.intent(), e.to(), e.mail(), position);
  }

  /** Notes every payload that the event names, however deep in it. */
  private void collect(Object value) {
    switch (value) {
      case Payload payload -> payloads.put(payload.digest().hex(), payload.size());
      case Optional<?> optional -> optional.ifPresent(this::collect);
      case Collection<?> all -> all.forEach(this::collect);
      case Map<?, ?> map -> map.values().forEach(this::collect);
      case Record parts -> {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
          collect(part(parts, component));
        }
      }
      default -> {}
    }
  }

  private static Object part(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void show() {
    root.intents().values().forEach(i -> intents.put(i.id().toString(), intent(i)));
    questions().forEach(this::show);
  }

  private String intent(Intent intent) {
    return String.join(
        "|",
        root.id().toString(),
        intent.assignment().map(a -> a.parent().toString()).orElse("none"),
        intent.phase().status().name(),
        intent.phase().status().terminal() ? "0" : "1",
        intent.request().type(),
        intent.request().from().value(),
        intent.request().toAsWritten(),
        intent.request().correlation().toString(),
        micros(intent.createdAt()),
        micros(intent.updatedAt()));
  }

  private static String task(Rows.TaskView view) {
    Intent intent = view.intent();
    HumanTask task = view.task();
    return String.join(
        "|",
        view.status().name(),
        view.open() ? "1" : "0",
        intent.request().type(),
        intent.request().from().value(),
        task.draft().title(),
        StoredRows.assignees(view),
        micros(task.openedAt()),
        view.due().map(ExpectedRows::micros).orElse("null"),
        task.decision().map(d -> d.outcome()).orElse("null"),
        task.decision().map(d -> d.by().ref()).orElse("null"),
        view.open() ? "-" : micros(view.updatedAt()));
  }

  static String micros(Instant instant) {
    return Long.toString(Micros.of(instant));
  }

  Root root() {
    return root;
  }

  /** By intent id. */
  Map<String, String> intents() {
    return intents;
  }

  /** By intent id and task id. */
  Map<String, String> tasks() {
    return tasks;
  }

  /** By intent id and kind: when it is due. */
  Map<String, String> timers() {
    Map<String, String> rows = new LinkedHashMap<>();
    timers.forEach((timer, due) -> rows.put(timer.intent() + "/" + timer.kind(), micros(due)));
    return rows;
  }

  /** By intent, address and position: whether it is still open. */
  Map<String, Boolean> deliveries() {
    return deliveries;
  }

  /** Sizes by digest. */
  Map<String, Integer> payloads() {
    return payloads;
  }

  /** What the log itself does wrong, in words. */
  List<String> broken() {
    return broken;
  }
}
