package dev.axme.server.push;

import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.Phase;
import java.time.Instant;
import java.util.Optional;

/** Whether an intent still waits for the agent that it is to be pushed to. */
final class Waiting {
  private Waiting() {}

  /** Whether it lies in this agent's mailbox and nobody has taken it. */
  static boolean at(Address agent, Intent intent) {
    return over(agent, intent, intent.delivery().at(), false).isEmpty();
  }

  /**
   * Why it is not pushed any more, in words; empty when it is.
   *
   * @param since when it came into the mailbox from which it is pushed
   * @param again whether somebody wants it pushed although the agent has taken it
   */
  static Optional<String> over(Address agent, Intent intent, Instant since, boolean again) {
    if (intent.phase() instanceof Phase.Ended ended) {
      return Optional.of("not pushed: it has ended, " + ended.status());
    }
    if (!intent.delivery().to().address().equals(agent) || !intent.delivery().at().equals(since)) {
      return Optional.of("not pushed: it was handed on to " + intent.delivery().to().address());
    }
    if (!again && intent.delivery().pickedUp().isPresent()) {
      return Optional.of(
          "not pushed: the agent has it since " + intent.delivery().pickedUp().get());
    }
    boolean waits =
        intent.phase() instanceof Phase.Mailed || intent.phase() instanceof Phase.Passed;
    return again || waits
        ? Optional.empty()
        : Optional.of("not pushed: somebody works on it, " + intent.phase().status());
  }
}
