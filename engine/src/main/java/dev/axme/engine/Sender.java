package dev.axme.engine;

import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import dev.axme.store.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due in the outbox. Every node runs it: a row is sent by whoever leases it. Queues
 * go on side by side, each with as many parcels on their way as its channel takes at once, so that
 * one that is slow holds up only itself; one that was unreachable several times in a row rests, and
 * what else was due in it shares the failure that ended the last attempt.
 */
final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final long POLL_MILLIS = 200;
  private static final long GOODBYE_SECONDS = 2;

  /** Parcels of one channel. */
  private static final int AT_ONCE = 128;

  private static final int LOOKED_AT = 512;
  private static final int CIRCUIT = 3;
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final Duration KEEP = Duration.ofDays(30);
  private static final int FORGET_AT_ONCE = 500;

  /** What this node knows of a queue. */
  private static final class Traffic {
    int onTheirWay;
    int unreachable;
    Instant restsUntil = Instant.EPOCH;

    boolean idle(Instant now) {
      return onTheirWay == 0 && unreachable == 0 && !restsUntil.isAfter(now);
    }
  }

  private record Done(Outbox.Lease lease, Instant at, Attempt attempt) {}

  private final Store store;
  private final Outbox outbox;
  private final EngineMetrics metrics;
  private final Map<String, Channel> channels;
  private final Map<Outbox.Lane, Traffic> lanes = new HashMap<>();
  private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
  private final ExecutorService carriers = Executors.newVirtualThreadPerTaskExecutor();
  private final Loop loop = new Loop("axme-outbox", POLL_MILLIS, this::round);

  /** What was tried and could not be written down yet, because the store is away. */
  private final List<Outbox.Settled> unsettled = new ArrayList<>();

  private final Map<String, Integer> onTheirWay = new HashMap<>();
  private Instant forgotten = Instant.EPOCH;

  Sender(Store store, Collection<? extends Channel> channels, EngineMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
    this.outbox = store.outbox();
    this.channels = channels.stream().collect(Collectors.toMap(Channel::name, c -> c));
  }

  void start() {
    if (!channels.isEmpty()) {
      loop.start();
    }
  }

  /** Something may be due now; a hint, the outbox is looked at anyway. */
  void ring() {
    loop.ring();
  }

  private boolean round() {
    Instant now = store.now();
    settle(now);
    boolean more = send(now);
    forget(now);
    return more;
  }

  /** Whether more may be due than there was room for; a channel that is full stops no other. */
  private boolean send(Instant now) {
    lanes.values().removeIf(t -> t.idle(now));
    Set<Outbox.Lane> busy = busy(now);
    boolean more = false;
    for (Channel channel : channels.values()) {
      int room = AT_ONCE - onTheirWay.getOrDefault(channel.name(), 0);
      if (room > 0) {
        List<Parcel> found = outbox.due(now, channel.name(), busy, LOOKED_AT);
        List<Parcel> chosen = choose(channel, found, now, room);
        lease(channel, chosen, now).forEach(this::carry);
        more |= found.size() == LOOKED_AT && !chosen.isEmpty();
      }
    }
    return more;
  }

  private Set<Outbox.Lane> busy(Instant now) {
    return lanes.entrySet().stream()
        .filter(e -> e.getValue().restsUntil.isAfter(now) || full(e.getKey(), e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean full(Outbox.Lane lane, Traffic traffic) {
    Channel channel = channels.get(lane.channel());
    return channel != null && traffic.onTheirWay >= room(channel, traffic);
  }

  /** A queue that was unreachable is tried with one parcel. */
  private static int room(Channel channel, Traffic traffic) {
    return traffic.unreachable > 0 ? 1 : channel.atOnce();
  }

  private List<Parcel> choose(Channel channel, List<Parcel> found, Instant now, int room) {
    List<Parcel> chosen = new ArrayList<>();
    Map<Outbox.Lane, Integer> taken = new HashMap<>();
    for (Parcel parcel : found) {
      Outbox.Lane lane = Outbox.Lane.of(parcel);
      Traffic traffic = lanes.getOrDefault(lane, new Traffic());
      int more = taken.getOrDefault(lane, 0);
      if (!traffic.restsUntil.isAfter(now) && traffic.onTheirWay + more < room(channel, traffic)) {
        taken.put(lane, more + 1);
        chosen.add(parcel);
        if (chosen.size() == room) {
          break;
        }
      }
    }
    return chosen;
  }

  private List<Outbox.Lease> lease(Channel channel, List<Parcel> chosen, Instant now) {
    boolean alone = channel.atOnce() == 1;
    return chosen.isEmpty() ? List.of() : outbox.lease(chosen, now, now.plus(LEASE), alone);
  }

  private Channel channel(Parcel parcel) {
    Channel channel = channels.get(parcel.channel());
    if (channel == null) {
      throw new IllegalStateException("Expected a channel " + parcel.channel());
    }
    return channel;
  }

  private void carry(Outbox.Lease lease) {
    lanes.computeIfAbsent(Outbox.Lane.of(lease.parcel()), _ -> new Traffic()).onTheirWay++;
    onTheirWay.merge(lease.parcel().channel(), 1, Integer::sum);
    carriers.execute(() -> carried(lease));
  }

  private void carried(Outbox.Lease lease) {
    Attempt attempt;
    try {
      attempt = channel(lease.parcel()).send(lease.parcel(), lease.parcel().tries() + 1);
    } catch (StoreException e) {
      attempt = new Attempt(Attempt.Result.FAILED, 0, Duration.ZERO, "the store does not answer");
    } catch (RuntimeException e) {
      LOG.error("Sending {} by {} failed", lease.parcel().id(), lease.parcel().channel(), e);
      attempt = new Attempt(Attempt.Result.FAILED, 0, Duration.ZERO, "a bug: " + e.getMessage());
    }
    metrics.sent(lease.parcel(), attempt);
    done.add(new Done(lease, store.now(), attempt));
    loop.ring();
  }

  private void settle(Instant now) {
    List<Done> ended = new ArrayList<>();
    for (Done next = done.poll(); next != null; next = done.poll()) {
      ended.add(next);
    }
    List<Done> all = new ArrayList<>(ended);
    for (Done d : ended) {
      onTheirWay.merge(d.lease().parcel().channel(), -1, Integer::sum);
      all.addAll(traffic(d, now));
    }
    all.stream().map(this::settled).forEach(unsettled::add);
    if (!unsettled.isEmpty()) {
      outbox.settle(unsettled);
      unsettled.clear();
    }
  }

  /** What the queue learns from an attempt; answers what shares it. */
  private List<Done> traffic(Done d, Instant now) {
    Outbox.Lane lane = Outbox.Lane.of(d.lease().parcel());
    Traffic traffic = lanes.computeIfAbsent(lane, _ -> new Traffic());
    traffic.onTheirWay--;
    if (d.attempt().result() != Attempt.Result.UNREACHABLE) {
      traffic.unreachable = 0;
      return List.of();
    }
    traffic.unreachable++;
    if (traffic.unreachable < CIRCUIT) {
      return List.of();
    }
    traffic.restsUntil = now.plus(REST);
    return outbox.lease(outbox.due(now, lane, LOOKED_AT), now, now.plus(LEASE), false).stream()
        .map(lease -> new Done(lease, now, shared(d.attempt())))
        .toList();
  }

  private static Attempt shared(Attempt attempt) {
    return new Attempt(
        Attempt.Result.UNREACHABLE,
        attempt.status(),
        Duration.ZERO,
        "not tried, the one before it just failed: " + attempt.answer());
  }

  private Outbox.Settled settled(Done d) {
    Parcel parcel = d.lease().parcel();
    Attempt attempt = d.attempt();
    int number = parcel.tries() + 1;
    Tried tried =
        new Tried(
            number,
            d.at(),
            attempt.result().name(),
            attempt.status(),
            attempt.took().toMillis(),
            attempt.answer());
    if (attempt.result() == Attempt.Result.DONE) {
      return new Outbox.Settled(d.lease(), tried, Parcel.State.SENT, parcel.due());
    }
    if (attempt.result() != Attempt.Result.REFUSED) {
      var pause = channel(parcel).pause(parcel, number);
      if (pause.isPresent()) {
        return new Outbox.Settled(d.lease(), tried, Parcel.State.PENDING, d.at().plus(pause.get()));
      }
    }
    channel(parcel).exhausted(parcel, attempt);
    return new Outbox.Settled(d.lease(), tried, Parcel.State.DEAD, parcel.due());
  }

  private void forget(Instant now) {
    if (Duration.between(forgotten, now).compareTo(FORGET_EVERY) > 0) {
      forgotten = now;
      outbox.forget(now.minus(KEEP), FORGET_AT_ONCE);
    }
  }

  @Override
  public void close() {
    loop.close();
    try {
      carriers.shutdown();
      if (!carriers.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        carriers.shutdownNow();
        carriers.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
      }
      settle(store.now());
    } catch (StoreException e) {
      // What was sent and not settled is sent once more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
