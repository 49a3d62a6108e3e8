package dev.axme.bench.crash;

/**
 * A write that a client sends, and repeats until it is answered: always the same bytes under the
 * same idempotency key.
 */
record Call(Kind kind, String key, String path, String body) {

  /** What a call asks for, which says whose key it carries. */
  enum Kind {
    CREATE,
    APPROVE,
    REJECT,
    CANCEL,
    SHORTEN;

    boolean byPerson() {
      return this == APPROVE || this == REJECT;
    }
  }

  /** An answered call. */
  record Answer(Call call, int status, String body) {
    boolean done() {
      return status / 100 == 2;
    }
  }
}
