package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Intent;
import dev.axme.core.Status;
import dev.axme.engine.Feeds;
import dev.axme.server.http.Json;
import dev.axme.store.Mail;
import dev.axme.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What waits for one agent, a frame for each delivery (section 3.10). It ends soon after it wrote
 * something: clients that read the whole body before they look would otherwise wait to its end.
 * They come back with the number that they saw; {@code since=0} gives everything that still waits.
 */
final class AgentStream extends LiveStream {
  private static final String DELIVERED = "intent.delivered";
  private static final long CLOSE_AFTER_MILLIS = 200;

  /** The published CLI probes with one second and gives up after it. */
  private static final long PROBE_MILLIS = 300;

  private static final int MAX_FRAMES = 100;

  private final Store store;
  private final Feeds feeds;
  private final PickUps reader;
  private final Set<Status> statuses;
  private long position;
  private int read;
  private volatile long seen;
  private boolean closing;

  /**
   * A stream of what came after {@code since}.
   *
   * @param statuses what is sent: intents that stand in one of these
   */
  AgentStream(
      Store store, Feeds feeds, PickUps reader, long since, int waitSeconds, Set<Status> statuses) {
    super(waitSeconds == 1 ? PROBE_MILLIS : TimeUnit.SECONDS.toMillis(waitSeconds));
    this.store = store;
    this.feeds = feeds;
    this.reader = reader;
    this.statuses = Set.copyOf(statuses);
    this.position = since / 2;
    this.seen = since;
  }

  @Override
  Feeds.Watch watch(Runnable onChange) {
    return feeds.watchMailbox(reader.workspace(), reader.address(), onChange);
  }

  /** Goes through the mailbox until there is something to send, or nothing more. */
  @Override
  List<Frame> next() {
    List<Frame> frames = new ArrayList<>();
    int room = MAX_FRAMES - read;
    while (room > 0 && frames.isEmpty() && !over()) {
      List<Mail> mail = work(room);
      frames.addAll(frames(mail, store.now()));
      if (mail.size() < room) {
        break;
      }
    }
    read += frames.size();
    return frames;
  }

  private List<Frame> frames(List<Mail> mail, Instant now) {
    List<Frame> frames = new ArrayList<>();
    int bytes = 0;
    for (Mail entry : mail) {
      Optional<Frame> frame = frame(entry, now);
      frame.ifPresent(frames::add);
      bytes += frame.map(f -> f.text().length()).orElse(0);
      position = entry.position();
      if (bytes > MAX_BYTES) {
        read = MAX_FRAMES;
        break;
      }
    }
    return frames;
  }

  private List<Mail> work(int room) {
    boolean ended = statuses.stream().anyMatch(Status::terminal);
    return store.work(reader.workspace(), reader.address(), position, ended, room);
  }

  private Optional<Frame> frame(Mail mail, Instant now) {
    Intent intent = store.root(mail.place()).intent(mail.intent()).orElseThrow();
    Status status = intent.phase().status();
    if (!statuses.contains(status)) {
      return Optional.empty();
    }
    ObjectNode event = event(mail, intent, now);
    String line = Json.text(event);
    if (tooLong(line)) {
      event.remove("payload");
      line = Json.text(event.put("truncated", true));
    }
    long seq = seq(mail);
    return Optional.of(Frame.of(seq, DELIVERED, line, false, () -> reader.taken(mail, intent)));
  }

  private ObjectNode event(Mail mail, Intent intent, Instant now) {
    Handover handover = new Handover(store, mail.place(), intent);
    ObjectNode event = handover.to(reader.address(), intent.deliveryAttempt(now));
    event.put("seq", seq(mail));
    event.put("event_type", DELIVERED);
    return handover.withPayload(event, MAX_LINE);
  }

  /** Always even: a client that comes back with the number after it misses nothing. */
  private static long seq(Mail mail) {
    return 2 * mail.position();
  }

  /** The odd number after what was sent: whether a client adds one to it or not, it is exact. */
  @Override
  long nextSeq() {
    return seen | 1;
  }

  @Override
  void written(Sink to, Frame frame) {
    seen = frame.seq();
    if (!closing) {
      closing = true;
      to.after(CLOSE_AFTER_MILLIS, this::stop);
    }
  }
}
