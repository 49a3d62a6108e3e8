package dev.axme.store;

import dev.axme.core.IntentEvent;
import java.util.List;
import java.util.stream.Stream;

/** The members of the closed families, found by reflection: a new one breaks the tests. */
final class Families {
  private Families() {}

  static List<Class<?>> events() {
    return leaves(IntentEvent.class);
  }

  /** The records of a sealed interface, however deep. */
  static List<Class<?>> leaves(Class<?> family) {
    return leavesOf(family).toList();
  }

  private static Stream<Class<?>> leavesOf(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(Families::leavesOf)
        : Stream.of(type);
  }
}
