package dev.axme.cli;

import dev.axme.sdk.Result;

/** What the process returns, so that a shell script can gate on it. */
final class Exit {
  static final int DONE = 0;
  static final int ERROR = 1;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int EXPIRED_OR_CANCELED = 4;
  static final int PENDING = 5;

  private Exit() {}

  static int of(Result result) {
    return switch (result) {
      case Result.Approved approved -> DONE;
      case Result.Completed completed -> DONE;
      case Result.Rejected rejected -> REJECTED;
      case Result.Failed failed -> ERROR;
      case Result.Expired expired -> EXPIRED_OR_CANCELED;
      case Result.Canceled canceled -> EXPIRED_OR_CANCELED;
    };
  }
}
