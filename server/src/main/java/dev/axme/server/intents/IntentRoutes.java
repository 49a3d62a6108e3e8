package dev.axme.server.intents;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.LOOP;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.Root;
import dev.axme.core.Told;
import dev.axme.engine.Answer;
import dev.axme.engine.Feeds;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Callers;
import dev.axme.server.identity.Known;
import dev.axme.store.Place;
import dev.axme.store.RequestKey;
import dev.axme.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The routes of intents and of the tasks that wait for a person (sections 3 and 6). */
public final class IntentRoutes {
  private static final int LOOP_BYTES = 64 * 1024;
  private static final int MAX_EVENTS = 1_000;
  private static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  private final Store store;
  private final Feeds feeds;
  private final Callers callers;
  private final Answers answers;
  private final Decisions decisions;
  private final OwnerScope scope;
  private final IntentLists lists;
  private final int maxPayload;

  public IntentRoutes(
      Store store, Feeds feeds, Callers callers, Decisions decisions, int maxPayload) {
    this.store = store;
    this.feeds = feeds;
    this.callers = callers;
    this.answers = new Answers(store);
    this.decisions = decisions;
    this.scope = new OwnerScope(store.directory());
    this.lists = new IntentLists(store);
    this.maxPayload = maxPayload;
  }

  public List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/intents", MACHINE, LOOP, this::create),
        new Route("GET", "/v1/intents", MACHINE, WORKER, lists::intents),
        new Route("GET", "/v1/intents/{id}", MACHINE, WORKER, this::read),
        new Route("GET", "/v1/intents/{id}/events", MACHINE, WORKER, this::events),
        new Route("GET", "/v1/intents/{id}/events/stream", MACHINE, WORKER, this::stream),
        new Route("POST", "/v1/intents/{id}/resume", MACHINE, LOOP, this::resume),
        new Route("POST", "/v1/intents/{id}/resolve", MACHINE, WORKER, this::resolve),
        new Route("POST", "/v1/intents/{id}/controls", MACHINE, WORKER, this::controls),
        new Route("POST", "/v1/intents/{id}/policy", MACHINE, WORKER, this::policy),
        new Route("POST", "/v1/intents/{id}/links/revoke", PERSON, WORKER, this::revokeLinks),
        new Route("GET", "/v1/me/tasks", PERSON, WORKER, lists::tasks));
  }

  private Reply create(Call call) {
    Optional<Known> known = callers.known(call.caller().workspaceId());
    if (call.body().length <= LOOP_BYTES && known.isPresent() && !mentions(call, "form_schema")) {
      CreateIntent create = new CreateIntent(call, known.get(), maxPayload);
      if (create.sure()) {
        return create(call, create);
      }
    }
    return new Reply.Later(
        () ->
            create(
                call, new CreateIntent(call, callers.load(call.caller().workspace()), maxPayload)));
  }

  /**
   * Whether the body has this word. A form's schema is hostile until it is checked, and checking
   * takes time: not on the loop; nor does a look into the directory.
   */
  private static boolean mentions(Call call, String word) {
    return new String(call.body(), StandardCharsets.UTF_8).contains(word);
  }

  private Reply create(Call call, CreateIntent create) {
    Submission submission = create.submission(call);
    return answers.commit(
        submission,
        (intent, _, _, warnings, _) -> {
          ObjectNode answer = Json.ok();
          answer.put("intent_id", intent.id().toString());
          answer.put("status", intent.phase().status().name());
          answer.put("created_at", intent.createdAt().toString());
          answer.put("correlation_id", intent.request().correlation().toString());
          if (!warnings.isEmpty()) {
            var list = answer.putArray("warnings");
            warnings.forEach(list::add);
          }
          return answer;
        });
  }

  private Reply resume(Call call) {
    IntentId id = id(call);
    boolean quick =
        scope.check(call)
            && call.body().length <= LOOP_BYTES
            && !mentions(call, ResumeIntent.HANDLER);
    return quick
        ? resume(call, id, Optional.empty())
        : new Reply.Later(() -> resumeLater(call, id));
  }

  private Reply resumeLater(Call call, IntentId id) {
    scope.checkNow(call);
    Optional<Mailbox> handOver =
        new ResumeIntent(call.caller(), call.json())
            .handler()
            .map(
                to ->
                    Receivers.mailbox(
                        ResumeIntent.HANDLER, to, callers.load(call.caller().workspace())));
    return resume(call, id, handOver);
  }

  private Reply resume(Call call, IntentId id, Optional<Mailbox> handOver) {
    ObjectNode body = call.json();
    Optional<RequestKey> request = RequestKeys.of(call, body);
    return decisions.submit(
        call.caller(),
        id,
        body,
        handOver,
        request,
        new Decisions.Told() {
          @Override
          public Reply answered(Submission submission, Answer answer) {
            return answers.reply(submission, answer, Changed::applied);
          }

          @Override
          public Reply mistaken(List<Forms.Mistake> mistakes) {
            throw Decisions.mistaken(mistakes);
          }
        });
  }

  private Reply resolve(Call call) {
    return change(call, Resolving::command, Changed::resolved);
  }

  private Reply controls(Call call) {
    return change(call, Adjusting::controls, Changed::adjusted);
  }

  private Reply policy(Call call) {
    return change(call, Adjusting::policy, Changed::adjusted);
  }

  private Reply change(
      Call call, BiFunction<IntentId, Fields, IntentCommand> read, Answers.Render render) {
    IntentId id = id(call);
    scope.checkNow(call);
    ObjectNode body = call.json();
    Fields fields = new Fields(body);
    IntentCommand command = read.apply(id, fields);
    return answers.commit(
        Submissions.of(call.caller(), command, fields.blobs(), RequestKeys.of(call, body)), render);
  }

  private Reply revokeLinks(Call call) {
    return new Revoking(answers).reply(call, id(call));
  }

  private Reply read(Call call) {
    IntentId id = id(call);
    Log log = log(call, id);
    Intent intent = log.root().intent(id).orElseThrow();
    return Reply.json(
        new Wire(log.bodies())
            .answer(log.root(), intent, call.caller(), log.place().home(), store.now()));
  }

  private Reply events(Call call) {
    IntentId id = id(call);
    long since = Since.of(call);
    Log log = log(call, id);
    WireEvents wire = new WireEvents(log.bodies());
    ObjectNode answer = Json.ok();
    var events = answer.putArray("events");
    int bytes = 0;
    for (Told told : Told.history(log.appends(), id)) {
      if (told.event().seq() > since && events.size() < MAX_EVENTS && bytes < MAX_EVENT_BYTES) {
        ObjectNode event = wire.event(told);
        events.add(event);
        bytes += Json.bytes(event).length;
      }
    }
    return Reply.json(answer);
  }

  private Reply stream(Call call) {
    IntentId id = id(call);
    long since = Since.of(call);
    Place place = log(call, id).place();
    return new Reply.Stream(new EventStream(store, feeds, place, id, since, WaitSeconds.of(call)));
  }

  /** The log of an intent that the caller may see, and what hangs on it. */
  private record Log(Place place, Root root, List<Append> appends, Bodies bodies) {}

  private Log log(Call call, IntentId id) {
    Place place =
        store
            .find(call.caller().workspaceId(), id)
            .orElseThrow(() -> Problem.notFound("such intent"));
    List<Append> appends = store.log(place.home(), place.root());
    return new Log(
        place, Root.fold(place.root(), appends), appends, new Bodies(store, place, List.of()));
  }

  private static IntentId id(Call call) {
    return id(call, "id", "such intent");
  }

  /** The intent that the path names; 404 for {@code what} when that is no id at all. */
  public static IntentId id(Call call, String name, String what) {
    try {
      return IntentId.of(call.pathValue(name));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound(what);
    }
  }
}
