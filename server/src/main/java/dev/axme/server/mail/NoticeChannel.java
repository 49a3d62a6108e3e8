package dev.axme.server.mail;

import dev.axme.core.Notice;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Attempt;
import dev.axme.engine.Attempt.Result;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.server.outbox.Orders;
import dev.axme.server.web.Shown;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whom a notice reaches, and gives each of them a parcel of their own. Nothing leaves the
 * server here.
 */
public final class NoticeChannel implements Channel {
  /** More people than this are not told of one thing; the log says so. */
  private static final int MOST = 200;

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Store store;
  private final Orders orders;
  private final Engine engine;
  private final Shown.Reader reader;
  private final Steps steps;

  public NoticeChannel(Store store, Engine engine) {
    this.store = store;
    this.engine = engine;
    this.orders = new Orders(engine);
    this.reader = new Shown.Reader(store);
    this.steps = new Steps(store);
  }

  @Override
  public String name() {
    return NoticeOutlet.CHANNEL;
  }

  @Override
  public int atOnce() {
    return 16;
  }

  @Override
  public Attempt send(Parcel parcel, int number) {
    NoticeOutlet.Body body = NoticeOutlet.Body.of(parcel.body());
    List<String> all = recipients(parcel.workspace(), body);
    if (all.isEmpty() && body.kind() != Notice.Kind.ENDED) {
      return skip(parcel, body, "nobody to tell");
    }
    if (all.size() > MOST
        && !note(parcel, body, "more than " + MOST + " people, the others were not told")) {
      return away();
    }
    store.outbox().add(all.stream().limit(MOST).map(to -> parcel(parcel, to)).toList());
    engine.ringOutbox();
    return done(all.size() + " to tell");
  }

  private List<String> recipients(WorkspaceId workspace, NoticeOutlet.Body body) {
    Recipients people = new Recipients(store.directory(), workspace);
    if (body.step().isPresent()) {
      return steps
          .find(new Place(workspace, body.root()), body)
          .map(step -> people.named(step.work(), step.config()))
          .orElseGet(List::of);
    }
    return body.task()
        .flatMap(task -> reader.find(workspace, body.intent().toString(), task))
        .map(
            shown ->
                body.kind() == Notice.Kind.ENDED
                    ? Recipients.told(shown)
                    : people.asked(shown, body.kind()))
        .orElseGet(List::of);
  }

  private static Parcel parcel(Parcel from, String to) {
    return Parcel.fresh(
        from.workspace(),
        Parcel.id(from.createdAt(), MailChannel.NAME, from.id().toString(), to),
        MailChannel.NAME,
        to,
        from.subject(),
        from.body(),
        from.createdAt());
  }

  private Attempt skip(Parcel parcel, NoticeOutlet.Body body, String why) {
    return note(parcel, body, why) ? done("skipped: " + why) : away();
  }

  private boolean note(Parcel parcel, NoticeOutlet.Body body, String why) {
    return Note.of(parcel, body, Optional.empty()).write(orders, new Notice.Fate.Skipped(why));
  }

  private static Attempt done(String words) {
    return new Attempt(Result.DONE, 0, Duration.ZERO, words);
  }

  private static Attempt away() {
    return new Attempt(Result.FAILED, 0, Duration.ZERO, "the store does not answer");
  }

  /** Only the store can be in the way, and that comes back. */
  @Override
  public Optional<Duration> pause(Parcel parcel, int failures) {
    return Optional.of(PAUSE);
  }

  @Override
  public void exhausted(Parcel parcel, Attempt last) {
    throw new IllegalStateException("Expected " + parcel.id() + " to be tried until it is done");
  }
}
