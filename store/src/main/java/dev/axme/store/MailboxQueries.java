package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Effect;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is read from mailboxes, and where an intent is for those who got it from one. */
final class MailboxQueries {
  static final String CHANGED =
      """
      SELECT d.address
        FROM deliveries d
       WHERE d.workspace_id = ?
         AND d.position > ?
         AND d.position <= ?
         AND d.mail = 'WORK'
      """;
  static final String NEWEST =
      """
      SELECT d.position, d.address, d.mail, d.intent_id, d.home_id, d.root_id
        FROM deliveries d
       WHERE d.workspace_id = ?
         AND d.address = ?
         AND d.position < ?
       ORDER BY d.position DESC
       LIMIT ?
      """;
  static final String AFTER =
      """
      SELECT d.position, d.address, d.mail, d.intent_id, d.home_id, d.root_id
        FROM deliveries d
       WHERE d.workspace_id = ?
         AND d.address = ?
         AND d.position > ?
       ORDER BY d.position
       LIMIT ?
      """;
  private static final String WORK =
      """
      SELECT d.position, d.address, d.mail, d.intent_id, d.home_id, d.root_id
        FROM deliveries d %s
       WHERE d.workspace_id = ?
         AND d.address = ?
         AND d.position > ?
         AND %s
       ORDER BY d.position
       LIMIT ?
      """;
  private static final String OWN =
      """
      SELECT i.workspace_id, i.root_id
        FROM intents i
       WHERE i.workspace_id = ?
         AND i.intent_id = ?
      """;

  private final Database database;
  private final String openWork;
  private final String allWork;
  private final String delivered;

  MailboxQueries(Database database) {
    this.database = database;
    this.openWork = openWork(database.dialect());
    this.allWork = allWork();
    this.delivered = delivered(database.dialect());
  }

  static String openWork(Dialect dialect) {
    return WORK.formatted(dialect.through("deliveries_open"), "d.is_open = 1");
  }

  static String allWork() {
    return WORK.formatted("", "d.mail = 'WORK'");
  }

  static String delivered(Dialect dialect) {
    return """
    SELECT d.position, d.address, d.mail, d.intent_id, d.home_id, d.root_id
      FROM deliveries d %s
     WHERE d.workspace_id = ?
       AND d.intent_id = ?
       AND d.mail <> 'THREAD'
     ORDER BY d.position
     LIMIT 1000
    """
        .formatted(dialect.through("deliveries_intent"));
  }

  Optional<Place> find(WorkspaceId workspace, IntentId intent) {
    return database
        .ask(sql -> sql.first(OWN, r -> place(r, 1), workspace.value(), intent.value()))
        .or(
            () ->
                mailOf(workspace, intent).stream()
                    .filter(m -> m.kind() == Effect.Mail.WORK)
                    .map(Mail::place)
                    .findFirst());
  }

  List<Mail> mailOf(WorkspaceId workspace, IntentId intent) {
    return list(delivered, workspace.value(), intent.value());
  }

  List<Mail> work(WorkspaceId workspace, Address address, long after, boolean ended, int limit) {
    return list(ended ? allWork : openWork, workspace.value(), address.value(), after, limit);
  }

  List<Mail> newest(WorkspaceId workspace, Address address, long before, int limit) {
    return list(NEWEST, workspace.value(), address.value(), before, limit);
  }

  List<Mail> after(WorkspaceId workspace, Address address, long after, int limit) {
    return list(AFTER, workspace.value(), address.value(), after, limit);
  }

  private List<Mail> list(String sql, Object... arguments) {
    return database.ask(s -> s.list(sql, MailboxQueries::mail, arguments));
  }

  List<Address> changed(WorkspaceId workspace, long from, long to) {
    return database.ask(
        sql -> sql.list(CHANGED, r -> new Address(r.text(1)), workspace.value(), from, to));
  }

  private static Mail mail(Sql.Row r) throws SQLException {
    return new Mail(
        r.big(1),
        new Address(r.text(2)),
        Effect.Mail.valueOf(r.text(3)),
        new IntentId(r.uuid(4)),
        place(r, 5));
  }

  private static Place place(Sql.Row r, int column) throws SQLException {
    return new Place(new WorkspaceId(r.uuid(column)), new RootId(r.uuid(column + 1)));
  }
}
