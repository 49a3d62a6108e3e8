package dev.axme.core;

/** Who caused an append: what is kept of an {@link Actor} for ever. */
public record Author(Kind kind, String ref, String name) {
  /** The built-in runtime, {@code agent_core} on the wire. */
  public static final Author CORE = new Author(Kind.SERVER, "agent_core", "agent_core");

  /** What kind of actor it was. */
  public enum Kind {
    PERSON,
    AGENT,
    SERVER
  }
}
