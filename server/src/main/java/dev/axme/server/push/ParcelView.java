package dev.axme.server.push;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Parcel.State;
import dev.axme.store.Tried;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What leaves the server, as clients see it. */
final class ParcelView {
  private final Outbox outbox;
  private final Directory directory;

  ParcelView(Outbox outbox, Directory directory) {
    this.outbox = outbox;
    this.directory = directory;
  }

  /** The state that a client names. */
  static State state(String word) {
    return Arrays.stream(State.values())
        .filter(s -> word(s).equals(word))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("state", "must be pending, sent or dead, not " + word));
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Without its attempts. */
  ObjectNode brief(Parcel parcel) {
    ObjectNode json = Json.object();
    json.put("delivery_id", parcel.id().toString());
    json.put("channel", parcel.channel());
    json.put("destination", destination(parcel));
    json.put("subject_id", parcel.subject().toString());
    json.put("state", word(parcel.state()));
    json.put("tries", parcel.tries());
    json.put("created_at", parcel.createdAt().toString());
    if (parcel.state() == State.PENDING) {
      json.put("next_attempt_at", parcel.due().toString());
    }
    return json;
  }

  /** An account is shown by its address: it is what people know it by. */
  private String destination(Parcel parcel) {
    return parcel.channel().equals(PushBody.CHANNEL)
        ? directory
            .account(parcel.destination())
            .map(Account::address)
            .map(Object::toString)
            .orElse(parcel.destination())
        : parcel.destination();
  }

  /** With everything that was tried. */
  ObjectNode whole(Parcel parcel) {
    ObjectNode json = brief(parcel);
    ArrayNode attempts = json.putArray("attempts");
    List<Tried> tried = outbox.attempts(parcel.workspace(), parcel.id());
    for (Tried t : tried) {
      ObjectNode attempt = attempts.addObject();
      attempt.put("number", t.number());
      attempt.put("at", t.at().toString());
      attempt.put("result", t.result().toLowerCase(Locale.ROOT));
      if (t.status() != 0) {
        attempt.put("status", t.status());
      }
      attempt.put("milliseconds", t.millis());
      attempt.put("answer", t.answer());
    }
    return json;
  }
}
