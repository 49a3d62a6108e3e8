package dev.axme.sdk;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** HTTP addresses that are told what happens. */
public final class Webhooks {
  private static final String SUBSCRIPTIONS = "/v1/webhooks/subscriptions";

  private final Transport transport;

  Webhooks(Transport transport) {
    this.transport = transport;
  }

  /**
   * An address that is told.
   *
   * @param secretHint the end of the secret that deliveries are signed with
   * @param disabledReason why the server stopped delivering
   */
  public record Subscription(
      UUID id,
      String owner,
      String callbackUrl,
      List<String> eventTypes,
      boolean active,
      Optional<String> description,
      Optional<String> secretHint,
      Optional<String> disabledReason,
      Optional<Instant> revokedAt,
      Map<String, @Nullable Object> raw) {
    public Subscription {
      eventTypes = List.copyOf(eventTypes);
    }

    static Subscription of(Fields json) {
      return new Subscription(
          json.id("subscription_id"),
          json.text("owner_agent"),
          json.text("callback_url"),
          json.texts("event_types"),
          json.flag("active"),
          json.optional("description"),
          json.optional("secret_hint"),
          json.optional("disabled_reason"),
          json.instant("revoked_at"),
          json.raw());
    }
  }

  /** A subscription with a secret that was made just now, which is shown this once. */
  public record Subscribed(
      Subscription subscription, Optional<String> secret, Map<String, @Nullable Object> raw) {
    static Subscribed of(Fields json) {
      return new Subscribed(
          Subscription.of(json.in("subscription")), json.optional("secret"), json.raw());
    }
  }

  /**
   * What to subscribe to.
   *
   * @param secret to sign with; without it, the server makes one if there is none
   */
  public record Wanted(
      String callbackUrl,
      List<String> eventTypes,
      Optional<String> secret,
      Optional<String> description) {
    public Wanted {
      eventTypes = List.copyOf(eventTypes);
    }

    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("callback_url", callbackUrl);
      body.put("event_types", eventTypes);
      secret.ifPresentOrElse(s -> body.put("secret", s), () -> body.put("generate_secret", true));
      description.ifPresent(d -> body.put("description", d));
      return body;
    }
  }

  /** An event on its way to as many subscriptions as {@code queued} says. */
  public record Queued(
      UUID eventId, String eventType, long queued, Map<String, @Nullable Object> raw) {
    static Queued of(Fields json) {
      return new Queued(
          json.id("event_id"),
          json.text("event_type"),
          json.number("queued_deliveries"),
          json.raw());
    }
  }

  /**
   * One attempt to deliver.
   *
   * @param status of the answer; 0 when there was none
   * @param answer how the answer began, or why there was none
   */
  public record Attempt(
      long number, Optional<Instant> at, String result, long status, long millis, String answer) {
    static Attempt of(Fields json) {
      return new Attempt(
          json.number("number"),
          json.instant("at"),
          json.text("result"),
          json.number("status"),
          json.number("duration_ms"),
          json.text("answer"));
    }
  }

  /**
   * An event for one subscription.
   *
   * @param state pending, delivered or dead_lettered
   */
  public record Delivery(
      UUID id,
      UUID eventId,
      String eventType,
      String state,
      Optional<Instant> createdAt,
      Optional<Instant> nextAttemptAt,
      List<Attempt> attempts,
      Map<String, @Nullable Object> raw) {
    public Delivery {
      attempts = List.copyOf(attempts);
    }

    static Delivery of(Fields json) {
      return new Delivery(
          json.id("delivery_id"),
          json.id("event_id"),
          json.text("event_type"),
          json.text("state"),
          json.instant("created_at"),
          json.instant("next_attempt_at"),
          json.each("attempts").stream().map(Attempt::of).toList(),
          json.raw());
    }
  }

  /**
   * The subscriptions of the caller.
   *
   * @param inactive also those that are switched off or deleted
   * @param all of the whole workspace, for who owns or administers it
   */
  public List<Subscription> list(boolean inactive, boolean all) {
    String path = SUBSCRIPTIONS + "?include_inactive=" + inactive + "&all=" + all;
    return transport.get(path).each("subscriptions").stream().map(Subscription::of).toList();
  }

  /** Subscribes, or changes the subscription that there is for the address. */
  public Subscribed subscribe(Wanted wanted) {
    return Subscribed.of(transport.post(SUBSCRIPTIONS, wanted.body()));
  }

  /** Ends a subscription. */
  public void delete(UUID subscription) {
    transport.delete(SUBSCRIPTIONS + "/" + subscription);
  }

  /** Makes a new secret; the one before goes on signing beside it for a day. */
  public Subscribed rotate(UUID subscription) {
    return Subscribed.of(transport.post(SUBSCRIPTIONS + "/" + subscription + "/rotate", Map.of()));
  }

  /** Sends a test event to this subscription alone. */
  public Queued test(UUID subscription) {
    return Queued.of(transport.post(SUBSCRIPTIONS + "/" + subscription + "/test", Map.of()));
  }

  /** What came of the newest deliveries of a subscription, at most 100. */
  public List<Delivery> deliveries(UUID subscription) {
    return deliveries(SUBSCRIPTIONS + "/" + subscription + "/attempts?limit=100");
  }

  /** What came of one event there. */
  public Optional<Delivery> delivery(UUID subscription, UUID event) {
    String path = SUBSCRIPTIONS + "/" + subscription + "/attempts?event_id=" + event;
    return deliveries(path).stream().findFirst();
  }

  private List<Delivery> deliveries(String path) {
    return transport.get(path).each("deliveries").stream().map(Delivery::of).toList();
  }

  /** Sends an event on its way once more. */
  public Queued replay(UUID event) {
    return Queued.of(transport.post("/v1/webhooks/events/" + event + "/replay", Map.of()));
  }
}
