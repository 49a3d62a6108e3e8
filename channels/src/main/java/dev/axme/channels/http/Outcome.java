package dev.axme.channels.http;

import java.time.Duration;

/** What came of a call. */
public sealed interface Outcome {
  /** How long it took. */
  Duration took();

  /**
   * There was an answer.
   *
   * @param text the first 1 KiB of its body, without control characters
   */
  record Answered(int status, Duration took, String text) implements Outcome {
    /** 2xx. */
    public boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  /** There was none. {@code why} is a sentence for people. */
  record Failed(Cause cause, Duration took, String why) implements Outcome {}

  /** Why there was no answer. */
  enum Cause {
    /** The rule or the URL itself forbids the call; another try changes nothing. */
    REFUSED,
    /** No such name, nobody listens, the connection was closed. */
    UNREACHABLE,
    CERTIFICATE,
    TIMED_OUT,
    /** What came was not HTTP. */
    NOT_HTTP
  }
}
