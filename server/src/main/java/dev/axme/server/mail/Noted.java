package dev.axme.server.mail;

import dev.axme.core.Append;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the log says of a notice. */
record Noted(Instant at, IntentEvent.Notified event) {
  /** All that it says of an intent's, the oldest first. */
  static List<Noted> in(List<Append> log, IntentId intent) {
    List<Noted> all = new ArrayList<>();
    for (Append append : log) {
      for (IntentEvent event : append.events()) {
        if (event instanceof IntentEvent.Notified notified && notified.intent().equals(intent)) {
          all.add(new Noted(append.at(), notified));
        }
      }
    }
    return all;
  }
}
