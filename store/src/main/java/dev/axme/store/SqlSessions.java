package dev.axme.store;

import dev.axme.core.PersonId;
import dev.axme.store.Directory.Session;
import dev.axme.store.Directory.SignInLink;
import java.time.Instant;
import java.util.Optional;

/** The tables of browsers' sessions and of the links that begin them. */
final class SqlSessions {
  private final DirectoryTables tables;

  SqlSessions(DirectoryTables tables) {
    this.tables = tables;
  }

  /** Whether the person of a row is neither suspended nor revoked. */
  static String welcome(String table) {
    return """
    NOT EXISTS (
      SELECT 1
        FROM accounts a
       WHERE a.person_id = %s.person_id
         AND a.status <> 'active')"""
        .formatted(table);
  }

  Optional<Session> liveSession(String hash) {
    return tables.read(
        sql ->
            sql.first(
                """
                SELECT s.hash, s.person_id, s.csrf, s.expires_at
                  FROM sessions s
                 WHERE s.hash = ?
                   AND s.revoked_at IS NULL
                   AND s.expires_at > ?
                   AND\s"""
                    + welcome("s"),
                r -> new Session(r.text(1), new PersonId(r.uuid(2)), r.text(3), r.instant(4)),
                hash,
                tables.now()));
  }

  void add(Session session) {
    tables.write(
        () -> "The session exists already",
        sql ->
            sql.update(
                """
                INSERT INTO sessions (hash, person_id, csrf, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?)
                """,
                session.hash(),
                session.person().value(),
                session.csrf(),
                tables.now(),
                session.expiresAt()));
  }

  void addSignInLink(String hash, PersonId person, Instant expiresAt) {
    tables.write(
        () -> "The link exists already",
        sql ->
            sql.update(
                """
                INSERT INTO sign_in_links (hash, person_id, expires_at)
                VALUES (?, ?, ?)
                """,
                hash,
                person.value(),
                expiresAt));
  }

  Optional<SignInLink> signInLink(String hash) {
    return tables.read(
        sql ->
            sql.first(
                """
                SELECT l.person_id, l.expires_at
                  FROM sign_in_links l
                 WHERE l.hash = ?
                   AND l.used_at IS NULL
                   AND l.expires_at > ?
                   AND\s"""
                    + welcome("l"),
                r -> new SignInLink(new PersonId(r.uuid(1)), r.instant(2)),
                hash,
                tables.now()));
  }

  Optional<PersonId> useSignInLink(String hash) {
    return tables.writeQuietly(
        sql ->
            sql.first(
                """
                UPDATE sign_in_links
                   SET used_at = ?
                 WHERE hash = ?
                   AND used_at IS NULL
                   AND expires_at > ?
                   AND\s"""
                    + welcome("sign_in_links")
                    + " RETURNING person_id",
                r -> new PersonId(r.uuid(1)),
                tables.now(),
                hash,
                tables.now()));
  }

  void revokeSession(String hash) {
    tables.write(
        sql ->
            sql.update(
                """
                UPDATE sessions
                   SET revoked_at = ?
                 WHERE hash = ?
                   AND revoked_at IS NULL
                """,
                tables.now(),
                hash));
  }
}
