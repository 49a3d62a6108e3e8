package dev.axme.server.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Callbacks;
import dev.axme.server.intents.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody who subscribes asks for.
 *
 * @param secretGiven whether the body speaks of a secret at all, be it to take it away
 */
record Wish(
    String callbackUrl,
    List<String> eventTypes,
    boolean secretGiven,
    Optional<String> secret,
    boolean generate,
    boolean active,
    Optional<String> description) {
  private static final int SHORTEST_URL = 8;
  private static final int LONGEST_URL = 2_048;
  private static final int MOST_TYPES = 32;
  private static final int LONGEST_DESCRIPTION = 255;

  Wish {
    eventTypes = List.copyOf(eventTypes);
  }

  static Wish of(Call call, Callbacks callbacks) {
    Fields fields = new Fields(call.json());
    boolean generate = fields.flag("generate_secret").orElse(false);
    Optional<String> secret = secret(fields);
    if (generate && secret.isPresent()) {
      throw Problem.invalid("generate_secret", "cannot be true beside a secret; leave one out.");
    }
    return new Wish(
        callbackUrl(fields, callbacks),
        eventTypes(fields),
        fields.body().has("secret"),
        secret,
        generate,
        fields.flag("active").orElse(true),
        fields.text(LONGEST_DESCRIPTION, "description"));
  }

  static Optional<String> secret(Fields fields) {
    return fields
        .any("secret")
        .map(
            node -> {
              if (!node.isTextual()) {
                throw Problem.invalid("secret", "must be a string, but it is " + Json.kind(node));
              }
              return Signatures.checked(node.textValue());
            });
  }

  /** In plain ASCII, so that nothing in it can begin a header or a second line. */
  private static String callbackUrl(Fields fields, Callbacks callbacks) {
    String url =
        fields
            .text(LONGEST_URL, "callback_url")
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "callback_url", "is needed: https://example.com/hooks, for one."));
    if (url.length() < SHORTEST_URL || !url.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw Problem.invalid(
          "callback_url", "must have 8 to 2048 visible ASCII characters; percent-encode others.");
    }
    callbacks.check("callback_url", url);
    return url;
  }

  private static List<String> eventTypes(Fields fields) {
    JsonNode node = fields.any("event_types").orElseGet(Json::object);
    if (!node.isArray() || node.isEmpty() || node.size() > MOST_TYPES) {
      throw Problem.invalid(
          "event_types", "must be an array of 1 to 32 types, such as [\"task.decided\"].");
    }
    List<String> types = new ArrayList<>();
    for (JsonNode type : node) {
      if (!type.isTextual()) {
        throw Problem.invalid("event_types", "must hold strings, not " + Json.kind(type) + ".");
      }
      String wanted = EventTypes.wanted(type.textValue());
      if (!types.contains(wanted)) {
        types.add(wanted);
      }
    }
    return types;
  }
}
