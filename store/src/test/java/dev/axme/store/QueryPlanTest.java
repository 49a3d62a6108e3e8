package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.sqlite.SqliteStore;
import dev.axme.store.testing.PostgresServer;
import dev.axme.store.verify.PlainSql;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of lists, feed and timers go through their indexes and read no table to its end. */
class QueryPlanTest {
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final UUID MINE = UUID.fromString("01940000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("01940000-0000-7000-8000-000000000002");

  /** Twenty thousand rows of two workspaces; a tenth is open. */
  private static final List<String> FILL =
      List.of(
          """
          INSERT INTO intents (workspace_id, intent_id, root_id, status, is_open, intent_type,
            from_agent, to_agent, correlation_id, created_at, updated_at)
          SELECT w.id, {id}, {id}, 'WAITING', CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END, 't', 'f',
                 'g', {id}, n, n
            FROM numbers, w
           ORDER BY n
          """,
          """
          INSERT INTO tasks (workspace_id, intent_id, task_id, is_open, intent_type, from_agent,
            title, assignees, asked_at, status, updated_at)
          SELECT w.id, {id}, {id}, CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END, 't', 'f', 'title',
                 '[]', n, 'WAITING', n
            FROM numbers, w
           ORDER BY n
          """,
          """
          INSERT INTO log (workspace_id, root_id, append_no, position, at, author, events)
          SELECT w.id, {id}, 1, n, n, '{}', '[]' FROM numbers, w ORDER BY n
          """,
          """
          INSERT INTO deliveries (workspace_id, address, position, intent_id, home_id, root_id,
            mail, is_open)
          SELECT w.id, CASE WHEN n % 3 = 0 THEN 'agent://a' ELSE 'agent://b' END, n, {id}, w.id,
                 {id}, 'WORK', CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END
            FROM numbers, w
           ORDER BY n
          """,
          """
          INSERT INTO thread_copies (workspace_id, owner, thread_id, home_id, position, read_to,
            is_whole, hidden)
          SELECT w.id, CASE WHEN n % 3 = 0 THEN 'agent://a' ELSE 'agent://b' END, {id}, w.id, n, 0,
                 1, ''
            FROM numbers, w
           ORDER BY n
          """,
          """
          INSERT INTO thread_entries (workspace_id, thread_id, position, entry_id, kind, actor,
            author, at)
          SELECT w.id, {id}, n, {id}, 'READ', 'agent://a', 'agent://a', n FROM numbers, w
           ORDER BY n
          """,
          """
          INSERT INTO timers (workspace_id, root_id, intent_id, kind, due_at)
          SELECT w.id, {id}, {id}, 'DEADLINE', n FROM numbers, w ORDER BY n
          """);

  private static final String NUMBERS =
      """
      WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000),
      w(id) AS (SELECT {mine} UNION ALL SELECT {other})
      """;

  @TempDir static Path directory;
  private static PlainSql sqlite;
  private static PlainSql postgres;
  private static Dialect sqliteDialect;
  private static Dialect postgresDialect;

  /** A query and the index that must serve it, by its name on each database. */
  record Query(
      String name,
      Function<Dialect, String> sql,
      List<Object> arguments,
      String onSqlite,
      String onPostgres) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Query> queries() {
    return Stream.of(
        new Query(
            "intents",
            _ -> ListQueries.allIntents(),
            List.of(MINE, LAST, 200),
            "PRIMARY KEY",
            "intents_pkey"),
        new Query(
            "open intents",
            ListQueries::openIntents,
            List.of(MINE, LAST, 200),
            "intents_open",
            "intents_open"),
        new Query(
            "intents by correlation",
            ListQueries::correlatedIntents,
            List.of(MINE, LAST, OTHER, 200),
            "intents_correlation",
            "intents_correlation"),
        new Query(
            "open tasks",
            _ -> ListQueries.OPEN_TASKS,
            List.of(MINE, LAST, 200),
            "tasks_open",
            "tasks_open"),
        new Query(
            "ended tasks",
            _ -> ListQueries.ENDED_TASKS,
            List.of(MINE, 9_000L, LAST, 200),
            "tasks_ended",
            "tasks_ended"),
        new Query(
            "changed roots",
            _ -> SqlStore.CHANGED_ROOTS,
            List.of(MINE, 9_000L, 9_020L),
            "sqlite_autoindex_log_2",
            "log_workspace_id_position_key"),
        new Query(
            "work in a mailbox",
            MailboxQueries::openWork,
            List.of(MINE, "agent://a", 0L, 100),
            "deliveries_open",
            "deliveries_open"),
        new Query(
            "all work that a mailbox had",
            _ -> MailboxQueries.allWork(),
            List.of(MINE, "agent://a", 0L, 100),
            "PRIMARY KEY",
            "deliveries_pkey"),
        new Query(
            "the newest in a mailbox",
            _ -> MailboxQueries.NEWEST,
            List.of(MINE, "agent://a", Long.MAX_VALUE, 100),
            "PRIMARY KEY",
            "deliveries_pkey"),
        new Query(
            "what came after",
            _ -> MailboxQueries.AFTER,
            List.of(MINE, "agent://a", 0L, 100),
            "PRIMARY KEY",
            "deliveries_pkey"),
        new Query(
            "changed mailboxes",
            _ -> MailboxQueries.CHANGED,
            List.of(MINE, 9_000L, 9_020L),
            "deliveries_feed",
            "deliveries_feed"),
        new Query(
            "an intent by its delivery",
            MailboxQueries::delivered,
            List.of(MINE, OTHER),
            "deliveries_intent",
            "deliveries_intent"),
        new Query(
            "threads that changed last",
            ThreadQueries::newest,
            List.of(MINE, "agent://a", Long.MAX_VALUE, 100),
            "thread_copies_changed",
            "thread_copies_changed"),
        new Query(
            "threads that changed since",
            ThreadQueries::changed,
            List.of(MINE, "agent://a", 0L, 9_000L, 100),
            "thread_copies_changed",
            "thread_copies_changed"),
        new Query(
            "who has a thread",
            ThreadQueries::ofThread,
            List.of(MINE, OTHER),
            "thread_copies_thread",
            "thread_copies_thread"),
        new Query(
            "the newest entries of a thread",
            _ -> ThreadQueries.NEWEST_ENTRIES,
            List.of(MINE, OTHER, 100),
            "PRIMARY KEY",
            "thread_entries_pkey"),
        new Query(
            "due timers",
            _ -> SqlStore.DUE_TIMERS,
            List.of(500L, 500L, 100),
            "timers_due",
            "timers_due"));
  }

  /** What is counted is read to its end, but in an index and not in its table. */
  static Stream<Query> counts() {
    return Stream.of(
        new Query(
            "overdue timers, counted",
            _ -> WaitingQueries.OVERDUE_TIMERS,
            List.of(500L, Waiting.MOST),
            "timers_due",
            "timers_due"),
        new Query(
            "open tasks, counted",
            _ -> WaitingQueries.OPEN_TASKS,
            List.of(MINE, MINE, MINE, MINE, MINE, MINE, Waiting.MOST),
            "tasks_open",
            "tasks_open"));
  }

  @BeforeAll
  static void fill() {
    Path file = directory.resolve("axme.db");
    try (SqlStore store = SqliteStore.open(file, InstantSource.system())) {
      sqliteDialect = store.dialect();
    }
    sqlite = PlainSql.open("jdbc:sqlite:" + file);
    String url = PostgresServer.shared().createDatabase();
    try (SqlStore store = PostgresStore.open(url)) {
      postgresDialect = store.dialect();
    }
    postgres = PlainSql.open(url);
    for (String statement : FILL) {
      sqlite.run(filled(statement, "randomblob(16)", "x'%s'"));
      postgres.run(filled(statement, "gen_random_uuid()", "CAST('%s' AS UUID)"));
    }
    postgres.run("ANALYZE");
  }

  private static String filled(String statement, String id, String literal) {
    return (NUMBERS + statement)
        .replace("{id}", id)
        .replace("{mine}", literal.replace("%s", hex(MINE)))
        .replace("{other}", literal.replace("%s", hex(OTHER)));
  }

  private static String hex(UUID id) {
    return id.toString().replace("-", "");
  }

  @AfterAll
  static void close() {
    sqlite.close();
    postgres.close();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void onSqliteItGoesThroughItsIndex(Query query) {
    String plan = plan(sqlite, "EXPLAIN QUERY PLAN " + query.sql().apply(sqliteDialect), 4, query);

    assertThat(plan)
        .contains(query.onSqlite())
        .contains("SEARCH")
        .doesNotContain("SCAN", "TEMP B-TREE");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void onPostgresItGoesThroughItsIndex(Query query) {
    String plan = plan(postgres, "EXPLAIN " + query.sql().apply(postgresDialect), 1, query);

    assertThat(plan)
        .containsPattern("(using|Bitmap Index Scan on) " + query.onPostgres() + " ")
        .contains("Index Cond")
        .doesNotContain("Seq Scan");
    // A range with two ends may be sorted once it is found; a list would be read to its end for it.
    if (query.sql().apply(postgresDialect).contains("LIMIT")) {
      assertThat(plan).doesNotContain("Sort");
    }
  }

  @ParameterizedTest
  @MethodSource("counts")
  void whatIsCountedIsReadFromItsIndexAlone(Query query) {
    String lite = "EXPLAIN QUERY PLAN " + query.sql().apply(sqliteDialect);
    String plain = "EXPLAIN " + query.sql().apply(postgresDialect);

    assertThat(plan(sqlite, lite, 4, query)).contains("COVERING INDEX " + query.onSqlite());
    assertThat(plan(postgres, plain, 1, query))
        .containsPattern("(using|Bitmap Index Scan on) " + query.onPostgres() + " ")
        .doesNotContain("Seq Scan");
  }

  private static String plan(PlainSql sql, String explain, int column, Query query) {
    return sql.rows(explain, query.arguments().toArray()).stream()
        .map(r -> r.text(column))
        .collect(Collectors.joining("\n"));
  }
}
