package dev.axme.engine;

import dev.axme.store.Parcel;
import dev.axme.store.StoreException;

/**
 * Hears what the engine does, from the threads that do it: it must be quick, and must not block.
 */
public interface EngineMetrics {
  /** Nobody measures. */
  EngineMetrics NONE =
      new EngineMetrics() {
        @Override
        public void committed(int commands, long bytes, long nanos) {}

        @Override
        public void failed(StoreException.Kind kind) {}

        @Override
        public void woken(long nanos) {}

        @Override
        public void sent(Parcel parcel, Attempt attempt) {}
      };

  /**
   * A batch is on disk.
   *
   * @param bytes about how much memory its commands held
   * @param nanos from the begin of its transaction
   */
  void committed(int commands, long bytes, long nanos);

  /** A transaction failed; what it held is tried again or answered. */
  void failed(StoreException.Kind kind);

  /** A decision was passed on to one who follows, so long after its commit on this node. */
  void woken(long nanos);

  /** A parcel was tried. */
  void sent(Parcel parcel, Attempt attempt);
}
