package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an intent ended. Six ends, each with a sentence that a person or a model can act on;
 * rejected, expired and canceled are different things.
 */
public sealed interface Result {
  UUID intentId();

  /** What happened, in one sentence. */
  String sentence();

  /** Everything that came with the end: outcome, comment, the fields of the answer. */
  Map<String, @Nullable Object> data();

  /** A person said yes. */
  record Approved(UUID intentId, Answer answer, Map<String, @Nullable Object> data)
      implements Result {
    @Override
    public String sentence() {
      return "Approved" + answer.inWords();
    }
  }

  /** A person said no. */
  record Rejected(UUID intentId, Answer answer, Map<String, @Nullable Object> data)
      implements Result {
    @Override
    public String sentence() {
      return "Rejected" + answer.inWords();
    }
  }

  /** It was done, and no yes or no was asked for. */
  record Completed(UUID intentId, Map<String, @Nullable Object> data) implements Result {
    @Override
    public String sentence() {
      return new Fields(data)
          .optional("outcome")
          .map(outcome -> "Completed with outcome " + outcome + ".")
          .orElse("Completed.");
    }
  }

  /** It could not be done. */
  record Failed(UUID intentId, String reason, Map<String, @Nullable Object> data)
      implements Result {
    @Override
    public String sentence() {
      return "Failed: " + reason + (reason.endsWith(".") ? "" : ".");
    }
  }

  /** Nobody answered in time. */
  record Expired(UUID intentId, Instant at, Map<String, @Nullable Object> data) implements Result {
    @Override
    public String sentence() {
      return "Expired: nobody answered before the deadline.";
    }
  }

  /** Somebody took the request back. */
  record Canceled(UUID intentId, Optional<String> reason, Map<String, @Nullable Object> data)
      implements Result {
    @Override
    public String sentence() {
      return "Canceled" + reason.map(text -> ": " + text).orElse("") + ".";
    }
  }

  /**
   * A person's answer.
   *
   * @param outcome the word that was chosen
   * @param by who chose it
   */
  record Answer(
      String outcome, Optional<String> by, Optional<String> comment, Optional<Instant> at) {
    static Answer of(Fields data) {
      return new Answer(
          data.text("outcome"),
          data.optional("decided_by"),
          data.optional("comment"),
          data.instant("decided_at"));
    }

    String inWords() {
      return by.map(name -> " by " + name).orElse("")
          + comment.map(text -> ": " + text).orElse(".");
    }
  }

  /** Reads the end from its event. */
  static Result of(IntentEvent end) {
    Optional<String> reason = new Fields(end.details()).optional("reason");
    return of(end.intentId(), end.status(), end.data(), reason, end.at());
  }

  /** Reads the end from the intent itself; empty while it goes on. */
  static Optional<Result> of(Intent intent) {
    if (!intent.status().terminal()) {
      return Optional.empty();
    }
    return Optional.of(
        of(intent.id(), intent.status(), intent.result(), intent.reason(), intent.updatedAt()));
  }

  private static Result of(
      UUID id,
      IntentStatus status,
      Map<String, @Nullable Object> data,
      Optional<String> reason,
      Instant at) {
    Fields fields = new Fields(data);
    Optional<Boolean> approved = fields.decided("approved");
    return switch (status) {
      case COMPLETED ->
          approved.orElse(false)
              ? new Approved(id, Answer.of(fields), data)
              : new Completed(id, data);
      case FAILED ->
          approved.isPresent() && !approved.get()
              ? new Rejected(id, Answer.of(fields), data)
              : new Failed(id, reason.orElse("no reason was given"), data);
      case TIMED_OUT -> new Expired(id, at, data);
      case CANCELED -> new Canceled(id, reason, data);
      default ->
          throw new IllegalStateException(
              "Expected intent " + id + " to have ended, found " + status);
    };
  }
}
