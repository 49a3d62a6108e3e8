package dev.axme.server.webhooks;

import dev.axme.channels.http.Outbound;
import dev.axme.channels.http.Outcome;
import dev.axme.channels.http.Post;
import dev.axme.engine.Attempt;
import dev.axme.engine.Attempt.Result;
import dev.axme.engine.Channel;
import dev.axme.server.outbox.Signature;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events to subscribers. Each is tried for 24 hours, then it is a dead letter that can be
 * replayed; a receiver that says 410 Gone gets nothing more until somebody subscribes again.
 */
public final class WebhookChannel implements Channel {
  static final String NAME = "webhook";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookChannel.class);
  private static final int AT_ONCE = 8;
  private static final int GONE = 410;

  /** The protocol's ladder (section 4.2), then ever longer, to 24 hours in all. */
  private static final List<Duration> LADDER =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(600),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(10));

  private static final double JITTER = 0.1;

  private final Store store;
  private final Function<Post, Outcome> out;

  public WebhookChannel(Store store, Outbound outbound) {
    this(store, outbound::post);
  }

  WebhookChannel(Store store, Function<Post, Outcome> out) {
    this.store = store;
    this.out = out;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public Attempt send(Parcel parcel, int number) {
    Optional<Subscription> found =
        store.webhooks().subscription(parcel.workspace(), UUID.fromString(parcel.destination()));
    if (found.filter(Subscription::live).isEmpty()) {
      return refused("The subscription was deleted or switched off.");
    }
    Subscription subscription = found.get();
    Optional<Message> message = Message.of(store, parcel, subscription);
    if (message.isEmpty()) {
      return refused("The event is no longer kept.");
    }
    Outcome outcome = out.apply(post(parcel, subscription, message.get()));
    return switch (outcome) {
      case Outcome.Answered a when a.status() == GONE -> {
        disable(subscription);
        yield attempt(Result.REFUSED, a);
      }
      case Outcome.Answered a -> attempt(a.ok() ? Result.DONE : Result.FAILED, a);
      case Outcome.Failed f ->
          new Attempt(
              f.cause() == Outcome.Cause.REFUSED ? Result.REFUSED : Result.UNREACHABLE,
              0,
              f.took(),
              f.why());
    };
  }

  private static Attempt attempt(Result result, Outcome.Answered answer) {
    return new Attempt(result, answer.status(), answer.took(), answer.text());
  }

  private static Attempt refused(String why) {
    return new Attempt(Result.REFUSED, 0, Duration.ZERO, why);
  }

  private Post post(Parcel parcel, Subscription subscription, Message message) {
    Instant now = store.now();
    String id = parcel.subject().toString();
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
    subscription
        .secret()
        .ifPresent(
            secret -> {
              headers.put(
                  "webhook-signature",
                  Signatures.standard(secret, subscription.retired(), id, now, body));
              headers.put(Signature.HEADER, Signature.of(secret, message.body()));
            });
    headers.put("X-Axme-Delivery", parcel.id().toString());
    headers.putAll(message.trace());
    return new Post(subscription.callbackUrl(), headers, message.body());
  }

  private void disable(Subscription gone) {
    store
        .webhooks()
        .change(
            gone.workspace(),
            all ->
                all.stream()
                    .filter(s -> s.id().equals(gone.id()) && s.live())
                    .findFirst()
                    .map(s -> s.disabled("The receiver answered 410 Gone.", store.now())));
    LOG.warn("Webhook subscription {} is disabled: its receiver answered 410 Gone", gone.id());
  }

  /** A little longer each time, by a share that is another for each parcel and always the same. */
  @Override
  public Optional<Duration> pause(Parcel parcel, int failures) {
    if (failures > LADDER.size()) {
      return Optional.empty();
    }
    int spread = Math.floorMod(parcel.id().hashCode() * 31 + failures, 1_000);
    long millis = LADDER.get(failures - 1).toMillis();
    return Optional.of(Duration.ofMillis((long) (millis * (1 + JITTER * spread / 1_000))));
  }

  @Override
  public void exhausted(Parcel parcel, Attempt last) {
    LOG.warn(
        "Webhook delivery {} to subscription {} is given up, the last status was {}",
        parcel.id(),
        parcel.destination(),
        last.status());
  }
}
