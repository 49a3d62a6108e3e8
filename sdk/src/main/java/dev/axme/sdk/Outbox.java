package dev.axme.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What leaves the server: pushes to agents, and whatever else is sent. */
public final class Outbox {
  private static final String PATH = "/v1/outbox";

  private final Transport transport;

  Outbox(Transport transport) {
    this.transport = transport;
  }

  /** How one intent, and the steps that it started, were pushed. For whoever sees the intent. */
  public List<Outgoing> of(UUID intentId) {
    return transport.get("/v1/intents/" + intentId + "/deliveries").each("deliveries").stream()
        .map(Outgoing::of)
        .toList();
  }

  /**
   * A page of all that leaves the workspace, the newest first, without attempts. For admins.
   *
   * @param state pending, sent or dead
   */
  public Page<Outgoing> list(
      Optional<String> channel, Optional<String> state, Optional<String> cursor) {
    StringBuilder path = new StringBuilder(PATH).append("?limit=200");
    channel.ifPresent(c -> path.append("&channel=").append(encoded(c)));
    state.ifPresent(s -> path.append("&state=").append(encoded(s)));
    cursor.ifPresent(c -> path.append("&cursor=").append(encoded(c)));
    Fields answer = transport.get(path.toString());
    return new Page<>(
        answer.each("deliveries").stream().map(Outgoing::of).toList(),
        answer.optional("next_cursor"));
  }

  /** One, with its attempts. For admins. */
  public Outgoing get(UUID deliveryId) {
    return Outgoing.of(transport.get(PATH + "/" + deliveryId).in("delivery"));
  }

  /** Sends it again, at once. For admins. */
  public Outgoing replay(UUID deliveryId) {
    return Outgoing.of(
        transport.post(PATH + "/" + deliveryId + "/replay", Map.of()).in("delivery"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
