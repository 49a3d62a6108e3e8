package dev.axme.store;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next an opaque cursor for the next page; empty at the end. A page may hold fewer rows than
 *     asked for, even none, and still have a next one: filters look at a bounded number of rows.
 */
public record Page<T>(List<T> rows, Optional<String> next) {
  public Page {
    rows = List.copyOf(rows);
  }
}
