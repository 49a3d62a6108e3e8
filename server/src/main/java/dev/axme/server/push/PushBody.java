package dev.axme.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.store.Directory.Account;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a push's parcel says: which intent lies in which agent's mailbox since when. What is sent is
 * composed of the log when it is sent.
 *
 * @param at when it came there: handed on and back, it is another push
 * @param attempts how often it is tried
 */
record PushBody(Place place, IntentId intent, Instant at, int attempts) {
  /** The channel's name. */
  static final String CHANNEL = "push";

  /** The push of an intent that lies in its agent's mailbox now. */
  static PushBody of(Place place, Intent intent) {
    return new PushBody(
        place, intent.id(), intent.delivery().at(), intent.request().maxDeliveryAttempts());
  }

  /** Reads what {@link #json} wrote. */
  static PushBody of(Parcel parcel) {
    JsonNode json = Json.read(parcel.body().getBytes(StandardCharsets.UTF_8));
    return new PushBody(
        new Place(
            WorkspaceId.of(json.path("home").textValue()),
            RootId.of(json.path("root").textValue())),
        IntentId.of(json.path("intent").textValue()),
        Instant.parse(json.path("at").textValue()),
        json.path("attempts").intValue());
  }

  private String json() {
    return Json.text(
        Json.object()
            .put("home", place.home().toString())
            .put("root", place.root().toString())
            .put("intent", intent.toString())
            .put("at", at.toString())
            .put("attempts", attempts));
  }

  /** The parcel: one for each time that the intent comes into the mailbox of this account. */
  Parcel parcel(Account account) {
    return Parcel.fresh(
        account.workspace(),
        Parcel.id(at, CHANNEL, account.id(), intent.toString(), at.toString()),
        CHANNEL,
        account.id(),
        intent.value(),
        json(),
        at);
  }
}
