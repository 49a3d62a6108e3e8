package dev.axme.engine;

import dev.axme.core.Append;
import dev.axme.core.Refusal;
import dev.axme.core.Root;
import dev.axme.core.Ruling;
import dev.axme.store.Memo;
import java.time.Duration;
import java.util.List;

/** What became of a submission. Everything but the last five is committed and on disk. */
public sealed interface Answer {
  /** It happened. */
  record Accepted(Root after, Append append, List<String> warnings) implements Answer {}

  /** The same request had this answer before; read the root folded to where it stood then. */
  record Remembered(Memo memo) implements Answer {}

  /** Nothing changed, and that is an answer. */
  record Unchanged(Ruling.Unchanged ruling) implements Answer {}

  /** The rules say no. */
  record Refused(Refusal refusal) implements Answer {}

  /** The idempotency key belongs to a request with another body. */
  record KeyReused() implements Answer {}

  /**
   * One of the newcomers is there already: look at the directory again, say anew what is wanted.
   */
  record Taken() implements Answer {}

  /** The credential was revoked while the command was on its way. */
  record Unauthorized() implements Answer {}

  /** The queue is full or the store is away; with the same idempotency key a repeat is safe. */
  record Unavailable(String why, Duration retryAfter) implements Answer {}

  /** A bug, in this command alone. */
  record Broken(Throwable cause) implements Answer {}
}
