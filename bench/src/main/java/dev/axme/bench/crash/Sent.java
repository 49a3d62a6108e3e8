package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One intent as the client that made it remembers it. Used by one thread at a time. */
final class Sent {
  private final Form form;
  private final String correlation;
  private final Call.Answer created;
  private final List<Call.Answer> answers = new ArrayList<>();
  private final List<JsonNode> seen = new ArrayList<>();

  /** What was asked for. */
  enum Form {
    PLAIN,
    REMINDED,
    DEADLINE
  }

  Sent(Form form, String correlation, Call.Answer created) {
    this.form = form;
    this.correlation = correlation;
    this.created = created;
    answers.add(created);
  }

  Form form() {
    return form;
  }

  String correlation() {
    return correlation;
  }

  /** The intent's id; empty when the server refused to create it. */
  Optional<String> id() {
    return created.done()
        ? Optional.of(Json.read(created.body()).path("intent_id").asText())
        : Optional.empty();
  }

  void add(Call.Answer answer) {
    answers.add(answer);
  }

  List<Call.Answer> answers() {
    return answers;
  }

  /** Whether a call ended it, or came too late. */
  boolean closed() {
    return answers.stream()
        .anyMatch(a -> a.status() == 409 || (a.done() && Ending.of(a.call().kind()).isPresent()));
  }

  /** The events that a client was shown in the meantime: they may never change again. */
  List<JsonNode> seen() {
    return seen;
  }

  /** The status in which a call leaves an intent. */
  enum Ending {
    COMPLETED,
    FAILED,
    CANCELED;

    static Optional<Ending> of(Call.Kind kind) {
      return switch (kind) {
        case APPROVE, REPORT -> Optional.of(COMPLETED);
        case REJECT -> Optional.of(FAILED);
        case CANCEL -> Optional.of(CANCELED);
        case CREATE, SHORTEN, HAND_OVER -> Optional.empty();
      };
    }
  }
}
