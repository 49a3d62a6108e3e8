package dev.axme.sdk;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
  public Page {
    items = List.copyOf(items);
  }
}
