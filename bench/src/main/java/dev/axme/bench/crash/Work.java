package dev.axme.bench.crash;

import java.util.Optional;

/**
 * What a requester sent to an agent.
 *
 * @param then whom the first agent has to hand it over to
 * @param question whether it asks people, and so is no agent's to see
 */
record Work(Sent sent, Agent to, Optional<Agent> then, boolean question) {
  String id() {
    return sent.id().orElseThrow();
  }

  /** Whether this agent has to get it sooner or later. */
  boolean isFor(Agent agent) {
    return !question && (to.equals(agent) || then.filter(agent::equals).isPresent());
  }

  /** Who ends it. */
  Agent last() {
    return then.orElse(to);
  }
}
