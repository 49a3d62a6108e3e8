package dev.axme.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Accounts that a command brings along: they are there with its intent, or neither is. */
public final class NewAccounts {
  private static final String TAKEN =
      """
      SELECT 1
        FROM accounts a
       WHERE a.account_id = ?
          OR a.address = ?
          OR (a.workspace_id = ? AND a.name = ?)
      """;

  private NewAccounts() {}

  /** Whether there already is an account that one of the newcomers would be. */
  public static boolean taken(Connection connection, Dialect dialect, Want want)
      throws SQLException {
    Sql sql = new Sql(connection, dialect);
    for (Directory.Account account : want.newcomers()) {
      if (sql.first(
              TAKEN,
              r -> r.number(1),
              account.id(),
              account.address().value(),
              account.workspace().value(),
              account.name())
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds those of all changes, when everything else is written: who waits for a head may hold
   * neither an account nor the directory's version.
   */
  public static void add(Connection connection, Dialect dialect, List<Change> changes, Instant now)
      throws SQLException {
    List<Directory.Account> newcomers =
        changes.stream()
            .flatMap(c -> c.appended().stream())
            .flatMap(a -> a.newcomers().stream())
            .toList();
    if (newcomers.isEmpty()) {
      return;
    }
    Sql sql = new Sql(connection, dialect);
    for (Directory.Account account : newcomers) {
      NewEntries.insert(sql, account, now);
    }
    DirectoryTables.raiseVersion(sql);
  }
}
