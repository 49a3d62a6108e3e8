package dev.axme.bench.crash;

/**
 * A write that somebody sends, and repeats until it is answered: always the same bytes under the
 * same idempotency key.
 *
 * @param by who sends it: {@link #REQUESTER}, {@link #PERSON} or the name of an agent
 */
record Call(Kind kind, String by, String key, String path, String body) {
  static final String REQUESTER = "the requester";
  static final String PERSON = "a person";

  /** What a call asks for. */
  enum Kind {
    CREATE,
    APPROVE,
    REJECT,
    CANCEL,
    SHORTEN,
    REPORT,
    HAND_OVER;

    private boolean byPerson() {
      return this == APPROVE || this == REJECT;
    }
  }

  /** A call of a client: a person's key carries decisions, the requester's all else. */
  static Call of(Kind kind, String key, String path, String body) {
    return new Call(kind, kind.byPerson() ? PERSON : REQUESTER, key, path, body);
  }

  /** An answered call. */
  record Answer(Call call, int status, String body) {
    boolean done() {
      return status / 100 == 2;
    }
  }
}
