package dev.axme.store;

/**
 * The database could not do it. Unless {@link #outcomeUnknown()}, nothing was written; either way
 * the caller may repeat the request with the same idempotency key.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a failed write means for who repeats it. */
  public enum Kind {
    /** Lost a race that a repeat wins: a serialization failure, a deadlock, a twin key. */
    CONFLICT,
    /** The database is away, full or overloaded. */
    UNAVAILABLE,
    /** The commit may or may not have happened. */
    UNKNOWN,
    /** The database refuses these rows: a repeat would fail too. */
    POISON
  }

  private final Kind kind;

  /** An error of this kind. */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** An error of this kind without a cause. */
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What it means. */
  public Kind kind() {
    return kind;
  }

  /** Whether the write may have happened all the same. */
  public boolean outcomeUnknown() {
    return kind == Kind.UNKNOWN;
  }
}
