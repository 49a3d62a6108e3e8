package dev.axme.engine;

import dev.axme.store.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A channel that does what a test says and tells what it was given. */
final class Courier implements Channel {
  static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int PATIENCE_SECONDS = 30;

  /** A parcel in the courier's hands. */
  record Carried(Parcel parcel, int number) {}

  final LinkedBlockingQueue<Carried> carried = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Parcel> exhausted = new LinkedBlockingQueue<>();
  private final List<Parcel> all = Collections.synchronizedList(new ArrayList<>());
  private final String name;
  private final int atOnce;
  private final int tries;
  private final Function<Parcel, Attempt> road;

  /** Tries {@code tries} times, a minute apart, on a road that may block. */
  Courier(int atOnce, int tries, Function<Parcel, Attempt> road) {
    this("courier", atOnce, tries, road);
  }

  Courier(String name, int atOnce, int tries, Function<Parcel, Attempt> road) {
    this.name = name;
    this.atOnce = atOnce;
    this.tries = tries;
    this.road = road;
  }

  static Attempt attempt(Attempt.Result result) {
    return new Attempt(result, 0, Duration.ofMillis(3), "as the test says");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int atOnce() {
    return atOnce;
  }

  @Override
  public Attempt send(Parcel parcel, int number) {
    all.add(parcel);
    carried.add(new Carried(parcel, number));
    return road.apply(parcel);
  }

  @Override
  public Optional<Duration> pause(Parcel parcel, int failures) {
    return failures < tries ? Optional.of(PAUSE) : Optional.empty();
  }

  @Override
  public void exhausted(Parcel parcel, Attempt last) {
    exhausted.add(parcel);
  }

  /** The next parcel that it is given. */
  Carried next() throws InterruptedException {
    Carried next = carried.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Expected a parcel, but none came; so far " + all);
    }
    return next;
  }

  /** The next parcel that was given up. */
  Parcel nextExhausted() throws InterruptedException {
    Parcel next = exhausted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Expected a parcel that was given up, but none was");
    }
    return next;
  }
}
