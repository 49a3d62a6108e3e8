package dev.axme.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants done. It carries an idempotency key from the start: sending the same request
 * again, also after a crash of the sender when the key was given, finds the first one instead of
 * asking twice.
 */
public final class IntentRequest {
  private final Map<String, @Nullable Object> body;
  private final String idempotencyKey;

  private IntentRequest(Builder builder) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(builder.body);
    copy.put("payload", Collections.unmodifiableMap(new LinkedHashMap<>(builder.payload)));
    body = Collections.unmodifiableMap(copy);
    idempotencyKey = builder.idempotencyKey;
  }

  /** Asks everybody who may decide for a yes or a no. */
  public static Builder approval(String task) {
    return builder("human_approval").to("agent://approver").payload("task", task);
  }

  /** Any kind of intent. */
  public static Builder builder(String intentType) {
    return new Builder(intentType);
  }

  /** The body as it goes over the wire. */
  public Map<String, @Nullable Object> body() {
    return body;
  }

  /** What makes a repetition the same request. */
  public String idempotencyKey() {
    return idempotencyKey;
  }

  /** Collects a request. Not for several threads. */
  public static final class Builder {
    private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    private String idempotencyKey = UUID.randomUUID().toString();

    private Builder(String intentType) {
      body.put("intent_type", intentType);
    }

    /** The agent, person, group or role that this goes to. */
    public Builder to(String address) {
      return put("to_agent", address);
    }

    /** One field of the payload. */
    public Builder payload(String name, Object value) {
      payload.put(name, value);
      return this;
    }

    /** All of these fields of the payload. */
    public Builder payload(Map<String, ?> fields) {
      payload.putAll(fields);
      return this;
    }

    /** Puts a question to people, whoever this goes to. */
    public Builder humanTask(HumanTask task) {
      return put("human_task", task.toJson());
    }

    /** When the request expires; without this it never does. */
    public Builder deadline(Instant at) {
      return put("deadline_at", at.toString());
    }

    /** When the request expires, counted from its creation: a minute to a week. */
    public Builder timeToLive(Duration span) {
      return put("ttl_seconds", span.toSeconds());
    }

    /** Reminds whoever it waits for: first after this, then in such steps, so many times. */
    public Builder remind(Duration after, Duration interval, int times) {
      put("remind_after_seconds", after.toSeconds());
      put("remind_interval_seconds", interval.toSeconds());
      return put("max_reminders", times);
    }

    /** Whom to ask as well when every reminder went unheard. */
    public Builder escalateTo(String address) {
      return put("escalate_to", address);
    }

    /** Groups requests that belong together. */
    public Builder correlationId(UUID id) {
      return put("correlation_id", id.toString());
    }

    /**
     * Derive this from the work ("release-2.3"), so that a restarted agent finds its own request
     * again.
     */
    public Builder idempotencyKey(String key) {
      idempotencyKey = key;
      return this;
    }

    public IntentRequest build() {
      return new IntentRequest(this);
    }

    private Builder put(String name, Object value) {
      body.put(name, value);
      return this;
    }
  }
}
