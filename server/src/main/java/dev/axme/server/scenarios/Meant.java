package dev.axme.server.scenarios;

import dev.axme.core.Assignee;
import dev.axme.core.Mailbox;
import java.util.Optional;

/** Whom a step's {@code assigned_to} means. */
sealed interface Meant {
  /** An agent. */
  record Agent(Mailbox to, boolean registered, String name) implements Meant {}

  /** A person, a role, or, without {@code whom}, whoever may decide. */
  record Human(Optional<Assignee> whom, String ref, String name) implements Meant {}

  /** The built-in runtime: nobody in particular. */
  record Core() implements Meant {}

  /** Nobody whom this scenario or the workspace knows. */
  record Unknown() implements Meant {}
}
