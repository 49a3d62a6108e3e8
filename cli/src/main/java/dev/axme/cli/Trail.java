package dev.axme.cli;

import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.IntentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The events of one intent as lines, in their order. Remembers who holds it, so that whoever is
 * through with it is told of even if no event says so.
 */
final class Trail {
  /** Events after which another one is waited for, while nothing tells how the former one ended. */
  private static final Set<String> HANDS_OVER =
      Set.of("intent.waiting", "intent.human_task_assigned");

  private final Ink ink;
  private Optional<String> holder = Optional.empty();
  private Optional<IntentEvent> last = Optional.empty();

  Trail(Ink ink) {
    this.ink = ink;
  }

  /** The lines of the next event. */
  List<String> lines(IntentEvent event) {
    List<String> lines = new ArrayList<>();
    Optional<String> next = EventWords.holder(event);
    if (worked() && HANDS_OVER.contains(event.type()) && next.isPresent() && !next.equals(holder)) {
      holder
          .filter(name -> !name.equals(EventWords.CORE))
          .ifPresent(name -> lines.add(EventLine.beside(event, name + " completed", ink)));
    }
    lines.add(EventLine.of(event, holder, ink));
    holder = EventWords.tellsAnEnd(event) ? Optional.empty() : next.or(() -> holder);
    last = Optional.of(event);
    return lines;
  }

  /** Whether the holder had it in hand; who was merely sent it completes nothing. */
  private boolean worked() {
    return last.filter(event -> event.status() != IntentStatus.DELIVERED).isPresent();
  }

  /** Whom it waits for now; empty when it waits for nobody. */
  Optional<String> now() {
    return last.filter(event -> event.status() == IntentStatus.WAITING)
        .map(EventWords::waiting)
        .map(Words::safe);
  }
}
