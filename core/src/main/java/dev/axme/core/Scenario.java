package dev.axme.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The scenario that an intent was sent by (protocol section 5.1).
 *
 * @param id the sender's name for it
 * @param compile names this compilation
 * @param agents whom it named, in order
 * @param workflow empty when the intent alone was sent
 */
public record Scenario(String id, UUID compile, List<Agent> agents, Optional<Workflow> workflow) {
  public Scenario {
    agents = List.copyOf(agents);
  }

  /**
   * An agent of the scenario.
   *
   * @param account its service account, if it has one
   * @param created whether the account was made together with the intent
   */
  public record Agent(String role, Address address, Optional<String> account, boolean created) {}
}
