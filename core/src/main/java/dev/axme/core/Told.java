package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wire event with everything that its telling needs.
 *
 * @param before the status before it
 * @param after the intent after it, not after the whole append
 */
public record Told(
    IntentEvent.Wire event, Optional<Status> before, Intent after, Instant at, Author by) {

  /** The story of one intent, oldest first: the same for the same log, whenever it is told. */
  public static List<Told> history(List<Append> appends, IntentId id) {
    List<Told> story = new ArrayList<>();
    Optional<Intent> intent = Optional.empty();
    for (Append append : appends) {
      for (IntentEvent event : append.events()) {
        if (!event.intent().equals(id)) {
          continue;
        }
        Optional<Status> before = intent.map(i -> i.phase().status());
        Intent after = IntentMachine.evolve(intent, event, append.at());
        if (event instanceof IntentEvent.Wire wire) {
          story.add(new Told(wire, before, after, append.at(), append.by()));
        }
        intent = Optional.of(after);
      }
    }
    return List.copyOf(story);
  }
}
