package dev.axme.server.links;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How often one client may come by links: more than people and mail scanners do, less than a
 * program that tries tokens. Clients are told apart by the address of their connection, because any
 * header could be made up; an IPv6 client by its network, which it has all addresses of. Safe for
 * any thread.
 */
public final class LinkLimit {
  /** How many requests a client has at once, and again each minute. */
  static final int A_MINUTE = 300;

  private static final int CLIENTS = 100_000;
  private static final int NETWORK_BYTES = 8;

  private final LoadingCache<String, Bucket> buckets;

  public LinkLimit() {
    this(TimeMeter.SYSTEM_NANOTIME);
  }

  LinkLimit(TimeMeter clock) {
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build(_ -> bucket(clock));
  }

  private static Bucket bucket(TimeMeter clock) {
    return Bucket.builder()
        .addLimit(l -> l.capacity(A_MINUTE).refillGreedy(A_MINUTE, Duration.ofMinutes(1)))
        .withCustomTimePrecision(clock)
        .build();
  }

  /** Counts a request of {@code client}; how long it has to wait, or empty when it may pass. */
  public Optional<Duration> count(String client) {
    ConsumptionProbe probe = buckets.get(network(client)).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private static String network(String client) {
    try {
      InetAddress address = InetAddress.ofLiteral(client);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
          : client;
    } catch (IllegalArgumentException e) {
      return client;
    }
  }
}
