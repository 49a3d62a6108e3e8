package dev.axme.core;

/** Who gives a command. Only a {@link Human} can ever decide. */
public sealed interface Actor {
  /** A person's own credential: a login key, a session of the browser or a signed link. */
  record Human(Person person, Address address) implements Actor {}

  /** An agent's key. */
  record Agent(Address address) implements Actor {}

  /** The server itself: timers. */
  record Clock() implements Actor {}

  /** How the log names this actor. */
  default Author author() {
    return switch (this) {
      case Human h -> new Author(Author.Kind.PERSON, h.person().email(), h.person().name());
      case Agent a -> new Author(Author.Kind.AGENT, a.address().value(), a.address().name());
      case Clock _ -> Author.CORE;
    };
  }
}
