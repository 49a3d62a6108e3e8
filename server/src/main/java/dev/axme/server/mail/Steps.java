package dev.axme.server.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Intent;
import dev.axme.core.Payload;
import dev.axme.core.StepId;
import dev.axme.core.Work;
import dev.axme.server.http.Json;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.Optional;

/** Reads the steps of workflows that tell somebody something. */
final class Steps {
  private final Store store;

  Steps(Store store) {
    this.store = store;
  }

  /**
   * A step that tells something.
   *
   * @param config what its sender wrote for it; an empty object for nothing
   */
  record Telling(Intent intent, StepId step, Work work, JsonNode config) {}

  /** The step that a notice is about. Blocks. */
  Optional<Telling> find(Place place, NoticeOutlet.Body body) {
    return store
        .root(place)
        .intent(body.intent())
        .flatMap(intent -> body.step().flatMap(step -> telling(place, intent, step)));
  }

  private Optional<Telling> telling(Place place, Intent intent, StepId step) {
    return intent
        .run()
        .map(run -> run.workflow().step(step).work())
        .map(work -> new Telling(intent, step, work, config(place, work)));
  }

  private JsonNode config(Place place, Work work) {
    Optional<Payload> config =
        work instanceof Work.Notification notification ? notification.config() : Optional.empty();
    return config
        .flatMap(p -> store.payload(place.home(), place.root(), p.digest()))
        .<JsonNode>map(Json::read)
        .orElseGet(Json::object);
  }
}
