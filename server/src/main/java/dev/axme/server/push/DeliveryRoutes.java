package dev.axme.server.push;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.Phase;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;

/** How an intent and the steps that it started were pushed: for everybody who sees the intent. */
final class DeliveryRoutes {
  private static final String ALL = "/v1/intents/{id}/deliveries";
  private static final int MOST = 200;

  private final Store store;
  private final Runnable ring;
  private final ParcelView view;

  /** Routes that tell {@code ring} when something is due again. */
  DeliveryRoutes(Store store, Runnable ring) {
    this.store = store;
    this.ring = ring;
    this.view = new ParcelView(store.outbox(), store.directory());
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", ALL, MACHINE, WORKER, this::list),
        new Route("POST", ALL + "/{delivery_id}/replay", MACHINE, WORKER, this::replay));
  }

  private Reply list(Call call) {
    ObjectNode answer = Json.ok();
    var list = answer.putArray("deliveries");
    deliveries(call).forEach(d -> list.add(view.whole(d.parcel())));
    return Reply.json(answer);
  }

  private record Pushed(Parcel parcel, Intent intent) {}

  /** Whoever is not of the sender's workspace sees what went to their own. */
  private List<Pushed> deliveries(Call call) {
    WorkspaceId caller = call.caller().workspaceId();
    IntentId id = id(call);
    Place place = store.find(caller, id).orElseThrow(() -> Problem.notFound("such intent"));
    List<Pushed> pushed = new ArrayList<>();
    for (Intent intent : store.root(place).intents().values()) {
      if (pushed.size() < MOST && (intent.id().equals(id) || stepOf(intent, id))) {
        for (WorkspaceId workspace : workspaces(caller, place, intent)) {
          store
              .outbox()
              .list(workspace, about(intent, MOST - pushed.size()))
              .forEach(p -> pushed.add(new Pushed(p, intent)));
        }
      }
    }
    return pushed;
  }

  private static boolean stepOf(Intent intent, IntentId parent) {
    return intent.assignment().filter(a -> a.parent().equals(parent)).isPresent();
  }

  private static SequencedSet<WorkspaceId> workspaces(
      WorkspaceId caller, Place place, Intent intent) {
    SequencedSet<WorkspaceId> workspaces = new LinkedHashSet<>(List.of(caller));
    if (place.home().equals(caller)) {
      intent.request().to().abroad().ifPresent(workspaces::add);
      intent.delivery().to().abroad().ifPresent(workspaces::add);
    }
    return workspaces;
  }

  private static Outbox.Query about(Intent intent, int limit) {
    return new Outbox.Query(
        Optional.of(PushBody.CHANNEL),
        Optional.empty(),
        Optional.of(intent.id().value()),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  private Reply replay(Call call) {
    UUID delivery = uuid(call.pathValue("delivery_id"));
    Pushed pushed =
        deliveries(call).stream()
            .filter(d -> d.parcel().id().equals(delivery))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("such delivery"));
    if (pushed.intent().phase() instanceof Phase.Ended ended) {
      throw new Problem(
          409, "conflict", "The intent has ended, " + ended.status() + ": nothing is pushed.");
    }
    return Reply.json(Replays.replay(store, view, ring, pushed.parcel()));
  }

  private static IntentId id(Call call) {
    return new IntentId(uuid(call.pathValue("id")));
  }

  /** What is no id names nothing. */
  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("such id");
    }
  }
}
