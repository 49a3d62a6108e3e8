package dev.axme.store;

import dev.axme.core.Append;
import dev.axme.core.Digest;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the two hot paths read and write alike, row by row. */
public final class StoredRows {
  /** How long an answer is kept at least (protocol section 1.8). */
  public static final Duration KEEP_ANSWERS = Duration.ofHours(24);

  private static final String LIVE_KEY =
      """
      SELECT 1
        FROM keys k
        JOIN accounts a ON a.account_id = k.account_id
       WHERE k.key_id = ?
         AND k.revoked_at IS NULL
         AND (k.expires_at IS NULL OR k.expires_at > ?)
         AND a.status = 'active'
      """;
  private static final String LIVE_SESSION =
      """
      SELECT 1
        FROM sessions s
       WHERE s.hash = ?
         AND s.revoked_at IS NULL
         AND s.expires_at > ?
         AND\s"""
          + SqlSessions.welcome("s");

  private StoredRows() {}

  /** Folds a root from rows of (append_no, at, author, events). */
  public static Root fold(RootId root, ResultSet rows) throws SQLException {
    List<Append> appends = new ArrayList<>();
    while (rows.next()) {
      appends.add(append(rows, 1));
    }
    return Root.fold(root, appends);
  }

  /** An append from the columns (append_no, at, author, events) that begin at {@code column}. */
  public static Append append(ResultSet row, int column) throws SQLException {
    return new Append(
        row.getInt(column),
        Micros.instant(row.getLong(column + 1)),
        LogCodec.author(row.getString(column + 2)),
        LogCodec.events(row.getString(column + 3)));
  }

  /** The answer that a key got before, with the body that it was for. */
  public static Found.Remembered remembered(RequestKey key, String hash, String outcome) {
    RequestKey before = new RequestKey(key.identity(), key.route(), key.key(), new Digest(hash));
    return new Found.Remembered(before, LogCodec.memo(outcome));
  }

  /** The stored form of an answer. */
  public static String memo(Memo memo) {
    return LogCodec.memo(memo);
  }

  /** The stored form of a task's assignees. */
  public static String assignees(Rows.TaskView view) {
    return LogCodec.assignees(view.task().assignees());
  }

  /**
   * Whether the credential still holds. It is only looked up when the directory has changed since
   * the caller was authenticated.
   */
  public static boolean authorized(
      Connection connection, Dialect dialect, Want want, long directoryVersion, Instant now)
      throws SQLException {
    Optional<Credential> credential = want.credential();
    if (credential.isEmpty() || credential.get().directoryVersion() == directoryVersion) {
      return true;
    }
    return new Sql(connection, dialect)
        .first(
            credential.get().session() ? LIVE_SESSION : LIVE_KEY,
            r -> r.number(1),
            credential.get().id(),
            now)
        .isPresent();
  }
}
