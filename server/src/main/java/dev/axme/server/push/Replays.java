package dev.axme.server.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Parcel;
import dev.axme.store.Store;

/** Sends again what was sent or given up. */
final class Replays {
  private Replays() {}

  /** Makes it due now; 409 when it is on its way. */
  static ObjectNode replay(Store store, ParcelView view, Runnable ring, Parcel parcel) {
    if (!store.outbox().replay(parcel.workspace(), parcel.id(), store.now())) {
      throw new Problem(409, "conflict", "It is on its way already.");
    }
    ring.run();
    ObjectNode answer = Json.ok();
    answer.set(
        "delivery",
        view.whole(store.outbox().parcel(parcel.workspace(), parcel.id()).orElse(parcel)));
    return answer;
  }
}
