package dev.axme.server.mail;

import dev.axme.core.Append;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Notice;
import dev.axme.engine.Submission;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.server.outbox.Orders;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import java.util.List;
import java.util.Optional;

/**
 * What became of a notice to somebody, as a fact in the intent's log. It is there when {@link
 * #write} says so.
 */
record Note(Place place, IntentId intent, Notice notice) {
  /** About what a parcel says; {@code to} is empty for nobody in particular. */
  static Note of(Parcel parcel, NoticeOutlet.Body body, Optional<String> to) {
    return new Note(
        new Place(parcel.workspace(), body.root()),
        body.intent(),
        new Notice(body.kind(), body.task(), body.number(), to));
  }

  /** Whether the log says already that it was sent: by somebody who could not say so in time. */
  boolean sent(List<Append> log) {
    return Noted.in(log, intent).stream()
        .map(Noted::event)
        .anyMatch(n -> n.notice().equals(notice) && n.fate() instanceof Notice.Fate.Sent);
  }

  /** Writes it down; false when the store does not answer. Blocks. */
  boolean write(Orders orders, Notice.Fate fate) {
    return orders.carriedOut(Submission.own(place, new IntentCommand.Note(intent, notice, fate)));
  }
}
