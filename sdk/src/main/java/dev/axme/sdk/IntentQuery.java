package dev.axme.sdk;

import java.util.Optional;
import java.util.UUID;

/**
 * Which intents to list, newest first.
 *
 * @param status one status, several with commas, or {@code pending} for all that go on
 * @param limit at most so many in one page
 * @param cursor where to go on
 */
public record IntentQuery(
    Optional<String> status, Optional<UUID> correlationId, int limit, Optional<String> cursor) {

  /** The newest fifty. */
  public static IntentQuery newest() {
    return new IntentQuery(Optional.empty(), Optional.empty(), 50, Optional.empty());
  }

  public IntentQuery withStatus(String wanted) {
    return new IntentQuery(Optional.of(wanted), correlationId, limit, cursor);
  }

  public IntentQuery withCorrelation(UUID wanted) {
    return new IntentQuery(status, Optional.of(wanted), limit, cursor);
  }

  public IntentQuery withLimit(int wanted) {
    return new IntentQuery(status, correlationId, wanted, cursor);
  }

  /** Goes on where a page ended. */
  public IntentQuery from(String nextCursor) {
    return new IntentQuery(status, correlationId, limit, Optional.of(nextCursor));
  }

  String path() {
    StringBuilder path = new StringBuilder("/v1/intents?limit=").append(limit);
    status.ifPresent(word -> path.append("&status=").append(Transport.encode(word)));
    correlationId.ifPresent(id -> path.append("&correlation_id=").append(id));
    cursor.ifPresent(from -> path.append("&cursor=").append(Transport.encode(from)));
    return path.toString();
  }
}
