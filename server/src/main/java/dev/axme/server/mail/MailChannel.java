package dev.axme.server.mail;

import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.MailMessage;
import dev.axme.channels.mail.MailSender;
import dev.axme.channels.mail.Receipt;
import dev.axme.core.HumanTask;
import dev.axme.core.Notice.Fate;
import dev.axme.engine.Attempt;
import dev.axme.engine.Attempt.Result;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.server.outbox.Orders;
import dev.axme.server.pages.MailView;
import dev.axme.server.web.Shown;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes a notice to one address when it is sent, so that it says what is true then, and notes what
 * became of it. A mail that was sent and could not be noted is sent once more, with the same
 * Message-ID.
 */
public final class MailChannel implements Channel {
  static final String NAME = "mail";

  private static final List<Duration> LADDER =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(4));

  private final Store store;
  private final Orders orders;
  private final MailSender sender;
  private final Envelope envelope;
  private final TaskMail composer;
  private final Shown.Reader reader;
  private final Steps steps;

  MailChannel(Store store, Engine engine, MailSender sender, MailAddress from, TaskMail composer) {
    this.store = store;
    this.orders = new Orders(engine);
    this.sender = sender;
    this.envelope = new Envelope(from);
    this.composer = composer;
    this.reader = new Shown.Reader(store);
    this.steps = new Steps(store);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int atOnce() {
    return 8;
  }

  @Override
  public Attempt send(Parcel parcel, int number) {
    NoticeOutlet.Body body = NoticeOutlet.Body.of(parcel.body());
    String to = parcel.destination();
    Note note = Note.of(parcel, body, Optional.of(to));
    Instant now = store.now();
    Place place = new Place(parcel.workspace(), body.root());
    if (body.step().isPresent()) {
      return steps
          .find(place, body)
          .map(step -> send(note, body, composer.telling(step, now), now, number))
          .orElseGet(() -> skip(note, "the step is gone"));
    }
    Optional<Shown> shown =
        body.task().flatMap(t -> reader.find(place.home(), body.intent().toString(), t));
    if (shown.isEmpty()) {
      return skip(note, "the question is gone");
    }
    Optional<String> needless = needless(shown.get(), body);
    if (needless.isPresent()) {
      return skip(note, needless.get());
    }
    // Several steps may tell the same person something: only of a question can the log say this.
    if (note.sent(shown.get().appends())) {
      return new Attempt(Result.DONE, 0, Duration.ZERO, "sent before");
    }
    return send(note, body, composer.about(shown.get(), place, body, to, now), now, number);
  }

  /** Why there is nothing to say any more. */
  private static Optional<String> needless(Shown shown, NoticeOutlet.Body body) {
    HumanTask task = shown.task();
    return switch (body.kind()) {
      case ASKED, ESCALATED ->
          shown.open() ? Optional.empty() : Optional.of("it ended before the mail left");
      case REMINDED -> {
        if (!shown.open()) {
          yield Optional.of("it ended before the mail left");
        }
        yield task.reminders() > body.number()
            ? Optional.of("the next reminder is due already")
            : Optional.empty();
      }
      case ENDED, TOLD -> Optional.empty();
    };
  }

  private Attempt send(Note note, NoticeOutlet.Body body, MailView view, Instant now, int number) {
    Optional<MailMessage> mail =
        envelope.address(note.notice().to().orElseThrow(), body, view, now);
    if (mail.isEmpty()) {
      return new Attempt(
          Result.REFUSED, 0, Duration.ZERO, "no mail can be sent to such an address");
    }
    Instant begun = store.now();
    Receipt receipt = sender.send(mail.get());
    Attempt attempt =
        new Attempt(
            result(receipt),
            receipt.code(),
            Duration.between(begun, store.now()),
            receipt.answer());
    if (attempt.result() == Result.DONE) {
      return note.write(orders, new Fate.Sent(receipt.answer())) ? attempt : unnoted(attempt);
    }
    if (number == 1 && attempt.result() != Result.REFUSED) {
      note.write(orders, new Fate.Failed(receipt.answer(), false));
    }
    return attempt;
  }

  private static Result result(Receipt receipt) {
    return switch (receipt.fate()) {
      case ACCEPTED -> Result.DONE;
      case LATER -> Result.FAILED;
      case REFUSED -> Result.REFUSED;
      case UNREACHABLE -> Result.UNREACHABLE;
    };
  }

  private static Attempt unnoted(Attempt sent) {
    return new Attempt(
        Result.FAILED, sent.status(), sent.took(), "sent, but the store does not answer");
  }

  private Attempt skip(Note note, String why) {
    return note.write(orders, new Fate.Skipped(why))
        ? new Attempt(Result.DONE, 0, Duration.ZERO, "skipped: " + why)
        : new Attempt(Result.FAILED, 0, Duration.ZERO, "the store does not answer");
  }

  @Override
  public Optional<Duration> pause(Parcel parcel, int failures) {
    return failures > LADDER.size() ? Optional.empty() : Optional.of(LADDER.get(failures - 1));
  }

  @Override
  public void exhausted(Parcel parcel, Attempt last) {
    NoticeOutlet.Body body = NoticeOutlet.Body.of(parcel.body());
    Note.of(parcel, body, Optional.of(parcel.destination()))
        .write(orders, new Fate.Failed(last.answer(), true));
  }
}
