package dev.axme.core;

/** What an intent ended with. */
public sealed interface Result {
  /** A JSON object that an agent or an owner gave. */
  record Given(Payload payload) implements Result {}

  /** A person's decision; its JSON form is composed when it is read. */
  record Decided(Decision decision) implements Result {}
}
