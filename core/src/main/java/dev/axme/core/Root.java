package dev.axme.core;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The unit of consistency: an intent that somebody sent and the intents that it started. Locked,
 * loaded, ruled on and appended to as one.
 *
 * @param version the number of appends folded into it
 * @param events how many events they held
 * @param at the time of the newest append; time never runs backwards within a root
 */
public record Root(
    RootId id, int version, int events, Instant at, SequencedMap<IntentId, Intent> intents) {
  public Root {
    intents = Collections.unmodifiableSequencedMap(intents);
  }

  /** A root to which nothing has happened. */
  public static Root empty(RootId id) {
    return new Root(id, 0, 0, Instant.EPOCH, new LinkedHashMap<>());
  }

  /** What {@code appends} come to, oldest first. */
  public static Root fold(RootId id, Collection<Append> appends) {
    return empty(id).after(appends);
  }

  /** This root after one more append. */
  public Root after(Append append) {
    return after(List.of(append));
  }

  /** Copies the intents once, however many appends there are: a workflow may have a thousand. */
  private Root after(Collection<Append> appends) {
    SequencedMap<IntentId, Intent> next = new LinkedHashMap<>(intents);
    int number = version;
    int held = events;
    Instant time = at;
    for (Append append : appends) {
      if (append.number() != number + 1) {
        throw new IllegalStateException(
            "Expected append %d of root %s, but found %d"
                .formatted(number + 1, id, append.number()));
      }
      for (IntentEvent event : append.events()) {
        Optional<Intent> before = Optional.ofNullable(next.get(event.intent()));
        next.put(event.intent(), IntentMachine.evolve(before, event, append.at()));
      }
      number = append.number();
      held += append.events().size();
      time = append.at();
    }
    return new Root(id, number, held, time, next);
  }

  /** The intent with this id, if the root holds it. */
  public Optional<Intent> intent(IntentId intent) {
    return Optional.ofNullable(intents.get(intent));
  }

  /** Whether every intent of it has ended. */
  public boolean ended() {
    return intents.values().stream().allMatch(i -> i.phase().status().terminal());
  }
}
