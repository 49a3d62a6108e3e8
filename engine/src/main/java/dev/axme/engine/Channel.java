package dev.axme.engine;

import dev.axme.store.Parcel;
import java.time.Duration;
import java.util.Optional;

/**
 * A way out of the server. Called on virtual threads, for different destinations at once; whatever
 * has to be kept of a success, such as that an agent has its work, is committed before {@link
 * #send} returns, because only then is the parcel settled. A parcel may come twice: its id is the
 * same.
 */
public interface Channel {
  /** The name that its parcels carry. */
  String name();

  /** How many parcels of one destination are on their way at once; one keeps them in order. */
  int atOnce();

  /** Sends it for the {@code number}-th time; blocks, and throws for bugs only. */
  Attempt send(Parcel parcel, int number);

  /** How long to wait after {@code failures} attempts that failed; empty: it is given up. */
  Optional<Duration> pause(Parcel parcel, int failures);

  /** It was given up, after {@code last} or because that said so; called before it is settled. */
  void exhausted(Parcel parcel, Attempt last);
}
