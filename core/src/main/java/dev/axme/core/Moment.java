package dev.axme.core;

import java.time.Instant;
import java.util.UUID;

/**
 * When a command is ruled on: the store's time and a seed from which new ids derive, so that ruling
 * twice gives the same events.
 *
 * @param reachesPeople whether this server has a channel by which people hear of a question
 */
public record Moment(Instant at, long seed, boolean reachesPeople) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** On a server that reaches people. */
  public Moment(Instant at, long seed) {
    this(at, seed, true);
  }

  /** The {@code n}-th id of this moment, a time-ordered UUID (RFC 9562, version 7). */
  public UUID id(int n) {
    long a = mix(seed + GOLDEN * (2L * n + 1));
    long b = mix(seed + GOLDEN * (2L * n + 2));
    return new UUID(
        (at.toEpochMilli() << 16) | 0x7000L | (a & 0xfffL), 0x8000000000000000L | (b >>> 2));
  }

  /** Cut to the microsecond, which is how finely time is kept. */
  static Instant toMicros(Instant instant) {
    return Instant.ofEpochSecond(instant.getEpochSecond(), instant.getNano() / 1_000 * 1_000L);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
