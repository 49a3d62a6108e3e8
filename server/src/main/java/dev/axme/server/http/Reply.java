package dev.axme.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a handler answers: now, after a commit, from a worker, or bit by bit. */
public sealed interface Reply {
  /** The answer is known. */
  record Now(Response response) implements Reply {}

  /** The answer follows from what the committer says; {@code then} runs on the event loop. */
  record Commit(Submission submission, Function<Answer, Reply> then) implements Reply {}

  /** The rest must block: a worker runs it, and its reply goes on. */
  record Later(Supplier<Reply> work) implements Reply {}

  /** A stream of events; opened on the event loop. */
  record Stream(Streaming streaming) implements Reply {}

  /** A finished JSON answer. */
  static Reply json(ObjectNode body) {
    return new Now(Response.json(200, body));
  }
}
