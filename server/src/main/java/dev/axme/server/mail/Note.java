package dev.axme.server.mail;

import dev.axme.core.IntentCommand;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Notice;
import dev.axme.engine.Answer;
import dev.axme.engine.Engine;
import dev.axme.engine.Submission;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.Optional;

/**
 * What became of a notice to somebody, as a fact in the intent's log. It is there when {@link
 * #write} says so.
 */
record Note(Place place, IntentId intent, Notice notice) {
  private static final int TRIES = 3;

  /** About what a parcel says; {@code to} is empty for nobody in particular. */
  static Note of(Parcel parcel, NoticeOutlet.Body body, Optional<String> to) {
    return new Note(
        new Place(parcel.workspace(), body.root()),
        body.intent(),
        new Notice(body.kind(), body.task(), body.number(), to));
  }

  /** Whether the log says already that it was sent: by somebody who could not say so in time. */
  boolean sent(Store store) {
    return store.log(place.home(), place.root()).stream()
        .flatMap(append -> append.events().stream())
        .anyMatch(
            event ->
                event instanceof IntentEvent.Notified told
                    && told.intent().equals(intent)
                    && told.notice().equals(notice)
                    && told.fate() instanceof Notice.Fate.Sent);
  }

  /** Writes it down; false when the store does not answer. Blocks. */
  boolean write(Engine engine, Notice.Fate fate) {
    Submission submission = Submission.own(place, new IntentCommand.Note(intent, notice, fate));
    try {
      for (int i = 0; i < TRIES; i++) {
        switch (engine.ask(submission)) {
          case Answer.Unavailable away -> Thread.sleep(away.retryAfter());
          case Answer.Broken broken ->
              throw new IllegalStateException("Expected to note " + notice, broken.cause());
          case Answer.Accepted _,
              Answer.Remembered _,
              Answer.Unchanged _,
              Answer.Refused _,
              Answer.KeyReused _,
              Answer.Taken _,
              Answer.Unauthorized _ -> {
            return true;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
