package dev.axme.server.push;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Admins;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that leaves a workspace, by whatever channel: for those who administer it. */
final class OutboxRoutes {
  private static final String ALL = "/v1/outbox";
  private static final int MOST = 200;
  private static final int USUAL = 50;

  private final Store store;
  private final Runnable ring;
  private final ParcelView view;

  /** Routes that tell {@code ring} when something is due again. */
  OutboxRoutes(Store store, Runnable ring) {
    this.store = store;
    this.ring = ring;
    this.view = new ParcelView(store.outbox(), store.directory());
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", ALL, MACHINE, WORKER, this::list),
        new Route("GET", ALL + "/{delivery_id}", MACHINE, WORKER, this::read),
        new Route("POST", ALL + "/{delivery_id}/replay", MACHINE, WORKER, this::replay));
  }

  private Reply list(Call call) {
    WorkspaceId workspace = administered(call);
    int limit = call.limit(USUAL, MOST);
    List<Parcel> page =
        store
            .outbox()
            .list(
                workspace,
                new Outbox.Query(
                    call.query("channel"),
                    call.query("state").map(ParcelView::state),
                    Optional.empty(),
                    Optional.empty(),
                    call.query("cursor").map(OutboxRoutes::cursor),
                    limit));
    ObjectNode answer = Json.ok();
    var list = answer.putArray("deliveries");
    page.forEach(p -> list.add(view.brief(p)));
    answer.put("next_cursor", page.size() < limit ? null : page.getLast().id().toString());
    return Reply.json(answer);
  }

  private WorkspaceId administered(Call call) {
    Admins.require(call.caller(), store.directory());
    return call.caller().workspaceId();
  }

  private Reply read(Call call) {
    ObjectNode answer = Json.ok();
    answer.set("delivery", view.whole(find(call)));
    return Reply.json(answer);
  }

  private Reply replay(Call call) {
    return Reply.json(Replays.replay(store, view, ring, find(call)));
  }

  private Parcel find(Call call) {
    WorkspaceId workspace = administered(call);
    return store
        .outbox()
        .parcel(workspace, DeliveryRoutes.uuid(call.pathValue("delivery_id")))
        .orElseThrow(() -> Problem.notFound("such delivery"));
  }

  private static UUID cursor(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "is not one that a page of this list named.");
    }
  }
}
