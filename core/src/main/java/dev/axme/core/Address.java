package dev.axme.core;

/** A normalised agent address, {@code agent://org/workspace/name} or a shorter opaque form. */
public record Address(String value) {
  public Address {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Expected an address, but found nothing");
    }
  }

  /** The last segment, which is what people call the agent. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Whether it is the built-in runtime's. */
  public boolean core() {
    return name().equals(Author.CORE.ref());
  }

  @Override
  public String toString() {
    return value;
  }
}
