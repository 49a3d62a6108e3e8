package dev.axme.server.traces;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.IntentId;
import dev.axme.server.http.Json;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the trace of the intent that a parcel is about. */
public final class ParcelTraces {
  private final Store store;

  public ParcelTraces(Store store) {
    this.store = store;
  }

  /** The trace, if its intent has one and can be read; blocks. */
  public Optional<TraceParent> of(Parcel parcel) {
    try {
      IntentId intent = intent(parcel);
      return store
          .find(parcel.workspace(), intent)
          .flatMap(place -> store.root(place).intent(intent))
          .flatMap(Traces::parent);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** A webhook's parcel is about an event, and names the intent; the others are about it. */
  private static IntentId intent(Parcel parcel) {
    JsonNode body = Json.read(parcel.body().getBytes(StandardCharsets.UTF_8));
    return body.path("intent").isTextual()
        ? IntentId.of(body.path("intent").textValue())
        : new IntentId(parcel.subject());
  }
}
