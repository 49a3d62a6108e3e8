package dev.axme.bench.crash;

/** Takes the database away at once and brings it back, on the same data. */
public interface Outage {
  /** Stops it without a clean shutdown, as a power cut would. */
  void stopAtOnce() throws Exception;

  /** Starts it again; comes back when it takes connections. */
  void startAgain() throws Exception;
}
