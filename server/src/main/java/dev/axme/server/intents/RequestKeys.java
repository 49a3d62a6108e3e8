package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Blob;
import dev.axme.store.RequestKey;
import java.util.List;
import java.util.Optional;

/** Idempotency keys (section 1.8): where they come from and what they are compared by. */
public final class RequestKeys {
  private static final int MAX_LENGTH = 255;

  /** The Python client puts fresh values of these into every repeat of a request. */
  private static final List<String> NOT_COMPARED =
      List.of("correlation_id", "correlationId", "from_agent", "fromAgent", "idempotency_key");

  private RequestKeys() {}

  /** The key of a call: the header's, or the body's for routes that take it there. */
  public static Optional<RequestKey> of(Call call, ObjectNode body) {
    Optional<String> key =
        call.header("idempotency-key")
            .or(() -> new Fields(body).text(MAX_LENGTH, "idempotency_key"))
            .filter(k -> !k.isBlank());
    if (key.isPresent() && (key.get().length() > MAX_LENGTH || key.get().indexOf('\0') >= 0)) {
      throw Problem.invalid(
          "idempotency_key", "may have " + MAX_LENGTH + " characters, none of them NUL.");
    }
    return key.map(
        k ->
            new RequestKey(
                call.caller().identity(),
                call.method() + ' ' + call.path(),
                k,
                Blob.sha256(Json.canonical(compared(body)))));
  }

  private static ObjectNode compared(ObjectNode body) {
    ObjectNode compared = Json.object();
    compared.setAll(body);
    compared.remove(NOT_COMPARED);
    return compared;
  }
}
