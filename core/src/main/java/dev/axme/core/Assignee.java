package dev.axme.core;

/** Whom a task names: a person by e-mail, or everybody who has a role. Always in lower case. */
public sealed interface Assignee {
  /** The person with this e-mail address, whether the directory knows them yet or not. */
  record Email(String email) implements Assignee {}

  /** Everybody who has this role in the workspace. */
  record Role(String role) implements Assignee {}

  /** The name that the assignment is shown under. */
  default String ref() {
    return switch (this) {
      case Email e -> e.email();
      case Role r -> r.role();
    };
  }

  /** Whether this names {@code person}. */
  default boolean names(Person person) {
    return switch (this) {
      case Email e -> e.email().equals(person.email());
      case Role r -> person.roles().contains(r.role());
    };
  }
}
