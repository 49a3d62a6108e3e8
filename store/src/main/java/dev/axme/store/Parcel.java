package dev.axme.store;

import dev.axme.core.Digest;
import dev.axme.core.WorkspaceId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Something that leaves the server: a row of the outbox.
 *
 * @param workspace whose it is: the one that it is about, for a push the recipient's
 * @param id stays the same however often it is tried; derived, so that adding it twice adds it once
 * @param channel by what it leaves
 * @param destination the queue that it stands in; one that is stuck holds up no other
 * @param subject what it is about, to find it by: an intent, or a webhook's event
 * @param position the workspace's position of the append that it comes from, else 0: the order
 *     among those that are due
 * @param body says what to compose when it is sent; only its channel reads it
 * @param due when it is tried next
 * @param tries how often it was tried
 */
public record Parcel(
    WorkspaceId workspace,
    UUID id,
    String channel,
    String destination,
    UUID subject,
    long position,
    String body,
    State state,
    int tries,
    Instant createdAt,
    Instant due) {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  /** Where it stands. */
  public enum State {
    /** It is tried until it is sent, or given up. */
    PENDING,
    /** It has left, or there was nothing left to say. */
    SENT,
    /** It was given up. */
    DEAD
  }

  /** One that has not been tried yet. */
  public static Parcel fresh(
      WorkspaceId workspace,
      UUID id,
      String channel,
      String destination,
      UUID subject,
      String body,
      Instant at) {
    return new Parcel(
        workspace, id, channel, destination, subject, 0, body, State.PENDING, 0, at, at);
  }

  /** The same after the append at this position. */
  public Parcel at(long place) {
    return new Parcel(
        workspace, id, channel, destination, subject, place, body, state, tries, createdAt, due);
  }

  /**
   * The id of what {@code parts} name: a time-ordered UUID (RFC 9562, version 7), always the same.
   */
  public static UUID id(Instant at, String... parts) {
    Digest digest =
        Digest.ofParts(
            Arrays.stream(parts)
                .map(p -> p.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    BigInteger bits = new BigInteger(digest.hex().substring(0, 32), 16);
    long high = bits.shiftRight(Long.SIZE).longValue();
    return new UUID(
        (at.toEpochMilli() << 16) | VERSION | (high & 0xfffL), VARIANT | (bits.longValue() >>> 2));
  }
}
