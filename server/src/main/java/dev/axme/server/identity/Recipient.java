package dev.axme.server.identity;

import dev.axme.core.WorkspaceId;
import java.util.Optional;

/** What an address means to a sender: whose it is, as far as organizations go. */
public sealed interface Recipient {
  /** Registered in the sender's own workspace, for an agent or for a person's login. */
  record Here() implements Recipient {}

  /** Registered in another workspace of the sender's organization. */
  record Elsewhere(WorkspaceId workspace) implements Recipient {}

  /** Registered in another organization, which is closed to the sender. */
  record Foreign() implements Recipient {}

  /**
   * Registered nowhere: what is sent there waits in the workspace that the address names, when that
   * is another one of the organization, else in the sender's own.
   */
  record Nobody(Optional<WorkspaceId> named) implements Recipient {}
}
