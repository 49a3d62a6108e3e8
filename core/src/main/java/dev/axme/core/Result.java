package dev.axme.core;

/** What an intent ended with. */
public sealed interface Result {
  /** A JSON object that an agent or an owner gave. */
  record Given(Payload payload) implements Result {}

  /** A person's decision; its JSON form is composed when it is read. */
  record Decided(Decision decision) implements Result {}

  /**
   * What a workflow's steps came to, composed from them when it is read (section 5.4).
   *
   * @param composer the version of the composition
   */
  record Composed(int composer) implements Result {}
}
