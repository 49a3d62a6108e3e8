package dev.axme.core;

import java.util.Optional;

/**
 * Where intents for an address are kept: in the recipient's workspace.
 *
 * @param abroad the recipient's workspace, when it is not the sender's
 */
public record Mailbox(Address address, Optional<WorkspaceId> abroad) {
  private static final char BORDER = '#';

  /** A mailbox in the sender's own workspace. */
  public static Mailbox here(Address address) {
    return new Mailbox(address, Optional.empty());
  }

  /**
   * The mailbox that somebody in {@code workspace} means by this one, for an intent that was sent
   * from {@code home}.
   */
  public Mailbox meantIn(WorkspaceId workspace, WorkspaceId home) {
    WorkspaceId there = abroad.orElse(workspace);
    return there.equals(home) ? here(address) : new Mailbox(address, Optional.of(there));
  }

  /** Reads what {@link #toString} wrote. */
  public static Mailbox of(String text) {
    int border = text.indexOf(BORDER);
    return border < 0
        ? here(new Address(text))
        : new Mailbox(
            new Address(text.substring(0, border)),
            Optional.of(WorkspaceId.of(text.substring(border + 1))));
  }

  /** The address, and the workspace behind a {@code #} (which no address contains). */
  @Override
  public String toString() {
    return abroad.map(w -> address.value() + BORDER + w).orElse(address.value());
  }
}
