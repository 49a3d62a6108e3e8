package dev.axme.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a small list that still fails, by leaving out what the failure does not need. */
final class Shrinker {
  private Shrinker() {}

  /** The last is tried first; what is left fails, and leaving any one more out makes it pass. */
  static <T> List<T> smallest(List<T> failing, Predicate<List<T>> fails) {
    List<T> smallest = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = smallest.size() - 1; i >= 0; i--) {
        List<T> fewer = new ArrayList<>(smallest);
        fewer.remove(i);
        if (fails.test(fewer)) {
          smallest = fewer;
          smaller = true;
        }
      }
    }
    return smallest;
  }
}
