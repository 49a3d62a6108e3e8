package dev.axme.server.http;

import java.util.Optional;

/** Hears how requests were answered, on their event loops: it must be quick. */
@FunctionalInterface
public interface Observer {
  /** Nobody looks. */
  Observer NONE = _ -> {};

  /**
   * A request that has its answer.
   *
   * @param route empty when there is none for it
   * @param nanos from its last byte until the answer was ready; of a stream, until it began
   */
  record Answered(Call call, Optional<Route> route, int status, long nanos) {}

  void answered(Answered answered);
}
