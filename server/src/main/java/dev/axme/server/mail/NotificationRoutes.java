package dev.axme.server.mail;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.IntentId;
import dev.axme.core.Notice;
import dev.axme.core.Notice.Fate;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.intents.IntentRoutes;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.List;
import java.util.Locale;

/**
 * Who was told of an intent and what became of it: for the workspace that it was sent from, because
 * it names people.
 */
public final class NotificationRoutes {
  private static final int MOST = 1_000;

  private final Store store;

  public NotificationRoutes(Store store) {
    this.store = store;
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/intents/{id}/notifications", MACHINE, WORKER, this::notifications));
  }

  private Reply notifications(Call call) {
    IntentId id = IntentRoutes.id(call, "id", "such intent");
    Place place =
        store
            .find(call.caller().workspaceId(), id)
            .orElseThrow(() -> Problem.notFound("such intent"));
    if (!place.home().equals(call.caller().workspaceId())) {
      throw new Problem(
          403,
          "forbidden",
          "Who was told of an intent is for the workspace that it was sent from.");
    }
    ObjectNode answer = Json.ok();
    var list = answer.putArray("notifications");
    List<Noted> all = Noted.in(store.log(place.home(), place.root()), id);
    all.subList(Math.max(0, all.size() - MOST), all.size()).forEach(told -> list.add(json(told)));
    return Reply.json(answer);
  }

  private static ObjectNode json(Noted told) {
    Notice notice = told.event().notice();
    ObjectNode json = Json.object();
    json.put("at", told.at().toString());
    json.put("kind", notice.kind().name().toLowerCase(Locale.ROOT));
    notice.task().ifPresent(task -> json.put("task_id", task.toString()));
    if (notice.number() > 0) {
      json.put("number", notice.number());
    }
    json.put("channel", "mail");
    json.put("to", notice.to().orElse(null));
    switch (told.event().fate()) {
      case Fate.Sent sent -> json.put("state", "sent").put("answer", sent.answer());
      case Fate.Failed failed ->
          json.put("state", "failed").put("answer", failed.why()).put("final", failed.last());
      case Fate.Skipped skipped -> json.put("state", "skipped").put("answer", skipped.why());
      case Fate.Seen _ -> json.put("state", "seen").putNull("answer");
    }
    return json;
  }
}
