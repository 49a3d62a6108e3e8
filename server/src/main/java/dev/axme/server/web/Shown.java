package dev.axme.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.axme.core.Append;
import dev.axme.core.Decision;
import dev.axme.core.Digest;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Payload;
import dev.axme.core.Result;
import dev.axme.core.Root;
import dev.axme.core.Run;
import dev.axme.core.Step;
import dev.axme.core.StepRecord;
import dev.axme.core.TaskId;
import dev.axme.core.Told;
import dev.axme.core.WorkspaceId;
import dev.axme.server.pages.Question;
import dev.axme.server.pages.RawJson;
import dev.axme.server.pages.TaskView;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request with one of its questions, read whole: what its page shows.
 *
 * @param at where it is kept
 * @param task the question, open or ended
 * @param asked the request as it was when it was asked
 * @param document the task as it is stored
 * @param payload what it is about
 * @param answered the fields that a person filled in; an empty object while nobody has
 * @param results what the steps before it had come to when it was asked
 */
public record Shown(
    Place at,
    List<Append> appends,
    Intent intent,
    HumanTask task,
    Intent asked,
    JsonNode document,
    JsonNode payload,
    JsonNode answered,
    List<Came> results) {
  /** More of results than this is not read for one page: it shows a fraction of it. */
  private static final int MOST_RESULTS = 4 * 1024 * 1024;

  /** The query parameter of the payload's address that names an earlier result by its digest. */
  static final String RESULT = "result";

  public Shown {
    appends = List.copyOf(appends);
    results = List.copyOf(results);
  }

  /**
   * What an earlier step came to.
   *
   * @param stored where its JSON is, if it has any
   * @param value the JSON, unless it is too large to be shown
   */
  public record Came(
      StepRecord step, Result result, Optional<Payload> stored, Optional<JsonNode> value) {}

  /** The append that took back the question's links last. */
  Optional<Append> revoked() {
    Optional<Append> last = Optional.empty();
    Optional<TaskId> asked = Optional.empty();
    for (Append append : appends) {
      for (IntentEvent event : append.events()) {
        if (!event.intent().equals(intent.id())) {
          continue;
        }
        if (event instanceof IntentEvent.TaskOpened opened) {
          asked = Optional.of(opened.task());
        } else if (event instanceof IntentEvent.LinksRevoked
            && asked.equals(Optional.of(task.id()))) {
          last = Optional.of(append);
        }
      }
    }
    return last;
  }

  static JsonNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Whether it still waits for an answer. */
  public boolean open() {
    return intent.openTask().filter(t -> t.id().equals(task.id())).isPresent();
  }

  /** The step of a workflow that asked. */
  public Optional<Step> step() {
    return asked.run().map(Run::step);
  }

  /** What it asks, in the words of its document. */
  public Question question() {
    return Question.of(document);
  }

  /** Whether the question showed the result with this digest: later steps' are not its business. */
  boolean showed(String digest) {
    return results.stream()
        .flatMap(came -> came.stored().stream())
        .anyMatch(stored -> stored.digest().hex().equals(digest));
  }

  /** Until when it waits, and what happens then. */
  public TaskView.Deadline deadline() {
    Instant asked = task.openedAt();
    return intent
        .due(task)
        .map(due -> deadline(asked, due))
        .orElseGet(() -> TaskView.Deadline.none(asked));
  }

  private TaskView.Deadline deadline(Instant asked, Instant due) {
    Optional<Step> step = step();
    if (step.isEmpty()) {
      return TaskView.Deadline.expires(asked, due);
    }
    boolean whole = intent.deadline().filter(d -> !d.isAfter(due)).isPresent();
    return step.get()
        .onFailure()
        .filter(_ -> !whole)
        .map(next -> TaskView.Deadline.goesOn(asked, due, next.value()))
        .orElseGet(() -> TaskView.Deadline.ends(asked, due));
  }

  /** The address of its page for people who are signed in: what it is called in logs and keys. */
  String place() {
    return "/tasks/" + intent.id();
  }

  /** What a list says of a request: what it is about, and the step that waits. */
  record Glance(Optional<JsonNode> payload, Optional<Step> step) {}

  /** Reads from the store; blocks. */
  public static final class Reader {
    private final Store store;

    public Reader(Store store) {
      this.store = store;
    }

    /**
     * A request of this workspace that asks, or asked, people something: with what it asks last.
     */
    Optional<Shown> find(WorkspaceId workspace, String id) {
      return find(workspace, id, Intent::lastTask);
    }

    /** The same with a question that it may have asked earlier. */
    public Optional<Shown> find(WorkspaceId workspace, String id, TaskId task) {
      return find(workspace, id, intent -> intent.task(task));
    }

    private Optional<Shown> find(
        WorkspaceId workspace, String id, Function<Intent, Optional<HumanTask>> which) {
      return id(id).flatMap(i -> store.find(workspace, i).flatMap(place -> find(place, i, which)));
    }

    private Optional<Shown> find(
        Place place, IntentId id, Function<Intent, Optional<HumanTask>> which) {
      List<Append> appends = store.log(place.home(), place.root());
      return Root.fold(place.root(), appends)
          .intent(id)
          .flatMap(intent -> which.apply(intent).map(task -> read(place, appends, intent, task)));
    }

    private Shown read(Place place, List<Append> appends, Intent intent, HumanTask task) {
      Intent asked = asked(appends, intent.id(), task.id());
      List<Came> results = asked.run().map(Reader::results).orElseGet(List::of);
      Digest document = task.draft().document().digest();
      Digest payload = intent.request().payload().digest();
      Optional<Digest> fields = task.decision().flatMap(Decision::fields).map(Payload::digest);
      List<Digest> wanted = new ArrayList<>(List.of(document, payload));
      fields.ifPresent(wanted::add);
      int room = MOST_RESULTS;
      for (Came came : results) {
        room -= came.stored().map(Payload::size).orElse(0);
        if (room >= 0) {
          came.stored().map(Payload::digest).ifPresent(wanted::add);
        }
      }
      Map<Digest, byte[]> found =
          store.payloads(place.home(), place.root(), wanted.stream().distinct().toList());
      return new Shown(
          place,
          appends,
          intent,
          task,
          asked,
          json(found, document),
          json(found, payload),
          fields.map(f -> json(found, f)).orElseGet(Shown::nothing),
          results.stream().map(came -> with(came, found)).toList());
    }

    /** The intent right after it asked: later runs of the same steps change nothing in it. */
    private static Intent asked(List<Append> appends, IntentId id, TaskId task) {
      return Told.history(appends, id).stream()
          .filter(t -> t.event() instanceof IntentEvent.TaskOpened e && e.task().equals(task))
          .findFirst()
          .map(Told::after)
          .orElseThrow(() -> new IllegalStateException("Expected task " + task + " of " + id));
    }

    /** The very results that the question's digest covers, in their order. */
    private static List<Came> results(Run run) {
      return run.results().stream()
          .map(
              p ->
                  new Came(
                      Objects.requireNonNull(run.records().get(p.step())),
                      p.result(),
                      stored(p.result()),
                      Optional.empty()))
          .toList();
    }

    private static Optional<Payload> stored(Result result) {
      return switch (result) {
        case Result.Given given -> Optional.of(given.payload());
        case Result.Decided d -> d.decision().fields();
        case Result.Composed _ -> Optional.empty();
      };
    }

    private static Came with(Came came, Map<Digest, byte[]> found) {
      Optional<JsonNode> value =
          came.stored()
              .map(Payload::digest)
              .filter(found::containsKey)
              .map(digest -> json(found, digest));
      return new Came(came.step(), came.result(), came.stored(), value);
    }

    /** The stored bytes of what a step came to, by their digest. */
    Optional<byte[]> result(WorkspaceId workspace, String id, String digest) {
      return id(id)
          .flatMap(
              intent ->
                  store.find(workspace, intent).flatMap(place -> result(place, intent, digest)));
    }

    private Optional<byte[]> result(Place place, IntentId id, String digest) {
      return Told.history(store.log(place.home(), place.root()), id).stream()
          .filter(t -> t.event() instanceof IntentEvent.TaskOpened)
          .flatMap(t -> t.after().run().stream())
          .flatMap(run -> run.results().stream())
          .flatMap(p -> stored(p.result()).stream())
          .map(Payload::digest)
          .filter(d -> d.hex().equals(digest))
          .findFirst()
          .flatMap(d -> store.payload(place.home(), place.root(), d));
    }

    /** The stored bytes of what a request is about. */
    Optional<byte[]> payload(WorkspaceId workspace, String id) {
      return id(id)
          .flatMap(
              of ->
                  store
                      .find(workspace, of)
                      .flatMap(
                          place ->
                              store
                                  .root(place)
                                  .intent(of)
                                  .filter(intent -> intent.lastTask().isPresent())
                                  .flatMap(intent -> stored(place, intent, Integer.MAX_VALUE))));
    }

    private Optional<byte[]> stored(Place place, Intent intent, int atMost) {
      return Optional.of(intent.request().payload())
          .filter(payload -> payload.size() <= atMost)
          .flatMap(payload -> store.payload(place.home(), place.root(), payload.digest()));
    }

    /** What a list says of a request; a payload of more than {@code atMost} bytes is not read. */
    Optional<Glance> glance(WorkspaceId workspace, IntentId id, int atMost) {
      return store
          .find(workspace, id)
          .flatMap(
              place ->
                  store
                      .root(place)
                      .intent(id)
                      .map(
                          intent ->
                              new Glance(
                                  stored(place, intent, atMost).map(Reader::json),
                                  intent.openTask().flatMap(_ -> intent.run()).map(Run::step))));
    }

    private static JsonNode json(Map<Digest, byte[]> found, Digest digest) {
      byte[] bytes = found.get(digest);
      if (bytes == null) {
        throw new IllegalStateException("Expected the payload " + digest + " in the store");
      }
      return json(bytes);
    }

    private static JsonNode json(byte[] bytes) {
      try {
        return RawJson.mapper().readTree(bytes);
      } catch (IOException e) {
        throw new IllegalStateException("Expected what is stored to be JSON", e);
      }
    }

    private static Optional<IntentId> id(String text) {
      try {
        return Optional.of(IntentId.of(text)).filter(id -> id.toString().equalsIgnoreCase(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
