package dev.axme.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The timers table as the effects of a log write it: what a store does, without a store. The newest
 * effect on a timer wins.
 */
final class Timetable {
  private final SequencedMap<Timer, Instant> rows = new LinkedHashMap<>();

  /** Does what follows from {@code append}, which led to {@code after}. */
  void apply(Append append, Root after) {
    for (IntentEvent event : append.events()) {
      Intent intent = after.intent(event.intent()).orElseThrow();
      for (Effect effect : Effects.of(event, intent, append.at())) {
        switch (effect) {
          case Effect.SetTimer e -> rows.put(e.timer(), e.due());
          case Effect.ClearTimer e -> rows.remove(e.timer());
          case Effect.ShowIntent _,
              Effect.ShowTask _,
              Effect.Deliver _,
              Effect.Tell _,
              Effect.CloseDelivery _ -> {}
        }
      }
    }
  }

  Optional<Instant> due(Timer timer) {
    return Optional.ofNullable(rows.get(timer));
  }

  SequencedMap<Timer, Instant> rows() {
    return new LinkedHashMap<>(rows);
  }
}
