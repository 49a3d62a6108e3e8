package dev.axme.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a command does, by phase and actor: the whole of the rules on one page. {@link
 * IntentMachine} carries a cell out. A row or column that a new sealed type needs and that is
 * missing here fails a test.
 */
final class RuleTable {
  /** What can be in a cell. */
  enum Cell {
    /** Accept the intent, ask people if it is a human task. */
    CREATE,
    /** The id is taken. */
    EXISTS,
    /** There is no such intent. */
    UNKNOWN,
    /** Take an agent's (or owner's) report, let it go on, or hand it over. */
    REPORT,
    /** Take a person's answer, else their report. */
    FINISH,
    /** Take a person's answer to the open question. */
    DECIDE,
    /** End it as the caller says. */
    RESOLVE,
    /** End it as the caller says, if the open question may be decided by them. */
    OVERRULE,
    /** Only take it back; anything else needs a person. */
    WITHDRAW,
    /** Take a report on the open step from its agent, or let it go on for its owner. */
    ADVANCE,
    /** Wait no longer, if the owner says so. */
    SKIP,
    /** End the open step for its agent, or the whole workflow for its owner. */
    CLOSE,
    /** Change controls or policy. */
    ADJUST,
    /** Note that it left the mailbox, if it is the first time. */
    TAKE,
    /** Note what became of a notice. */
    NOTE,
    /** Nobody took what was pushed: end it. */
    FORSAKE,
    /** Make links that were sent out open nothing any more. */
    REVOKE,
    /** Only a person may. */
    PEOPLE,
    /** It is over. */
    ENDED,
    /** Let the timer do what it is for. */
    FIRE,
    /** It came too late to mean anything. */
    STALE,
    /** Cannot happen: a bug in the caller. */
    NEVER
  }

  /** Orders of whoever calls. */
  private static final String CALLERS =
      """
      phase       actor  Create  Resume   Resolve   ChangeControls  ChangePolicy  RevokeLinks
      Absent      Human  CREATE  UNKNOWN  UNKNOWN   UNKNOWN         UNKNOWN       UNKNOWN
      Absent      Agent  CREATE  UNKNOWN  UNKNOWN   UNKNOWN         UNKNOWN       UNKNOWN
      Absent      Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Mailed      Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        STALE
      Mailed      Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        PEOPLE
      Mailed      Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      InProgress  Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        STALE
      InProgress  Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        PEOPLE
      InProgress  Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Passed      Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        STALE
      Passed      Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        PEOPLE
      Passed      Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Asked       Human  EXISTS  DECIDE   OVERRULE  ADJUST          ADJUST        REVOKE
      Asked       Agent  EXISTS  PEOPLE   WITHDRAW  ADJUST          ADJUST        PEOPLE
      Asked       Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Awaiting    Human  EXISTS  ADVANCE  CLOSE     ADJUST          ADJUST        STALE
      Awaiting    Agent  EXISTS  ADVANCE  CLOSE     ADJUST          ADJUST        PEOPLE
      Awaiting    Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Sleeping    Human  EXISTS  SKIP     CLOSE     ADJUST          ADJUST        STALE
      Sleeping    Agent  EXISTS  SKIP     CLOSE     ADJUST          ADJUST        PEOPLE
      Sleeping    Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Completed   Human  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Completed   Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Completed   Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Failed      Human  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Failed      Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Failed      Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      Canceled    Human  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Canceled    Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      Canceled    Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      TimedOut    Human  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      TimedOut    Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         ENDED
      TimedOut    Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER
      """;

  /** What the server does of itself, or on seeing that an agent took something. */
  private static final String SERVER =
      """
      phase       actor  PickUp   FireTimer  Note   GiveUp
      Absent      Human  UNKNOWN  NEVER      NEVER  NEVER
      Absent      Agent  UNKNOWN  NEVER      NEVER  NEVER
      Absent      Clock  NEVER    STALE      STALE  STALE
      Mailed      Human  TAKE     NEVER      NEVER  NEVER
      Mailed      Agent  TAKE     NEVER      NEVER  NEVER
      Mailed      Clock  NEVER    FIRE       NOTE   FORSAKE
      InProgress  Human  TAKE     NEVER      NEVER  NEVER
      InProgress  Agent  TAKE     NEVER      NEVER  NEVER
      InProgress  Clock  NEVER    FIRE       NOTE   STALE
      Passed      Human  TAKE     NEVER      NEVER  NEVER
      Passed      Agent  TAKE     NEVER      NEVER  NEVER
      Passed      Clock  NEVER    FIRE       NOTE   FORSAKE
      Asked       Human  STALE    NEVER      NEVER  NEVER
      Asked       Agent  STALE    NEVER      NEVER  NEVER
      Asked       Clock  NEVER    FIRE       NOTE   STALE
      Awaiting    Human  STALE    NEVER      NEVER  NEVER
      Awaiting    Agent  STALE    NEVER      NEVER  NEVER
      Awaiting    Clock  NEVER    FIRE       NOTE   STALE
      Sleeping    Human  STALE    NEVER      NEVER  NEVER
      Sleeping    Agent  STALE    NEVER      NEVER  NEVER
      Sleeping    Clock  NEVER    FIRE       NOTE   STALE
      Completed   Human  STALE    NEVER      NEVER  NEVER
      Completed   Agent  STALE    NEVER      NEVER  NEVER
      Completed   Clock  NEVER    STALE      NOTE   STALE
      Failed      Human  STALE    NEVER      NEVER  NEVER
      Failed      Agent  STALE    NEVER      NEVER  NEVER
      Failed      Clock  NEVER    STALE      NOTE   STALE
      Canceled    Human  STALE    NEVER      NEVER  NEVER
      Canceled    Agent  STALE    NEVER      NEVER  NEVER
      Canceled    Clock  NEVER    STALE      NOTE   STALE
      TimedOut    Human  STALE    NEVER      NEVER  NEVER
      TimedOut    Agent  STALE    NEVER      NEVER  NEVER
      TimedOut    Clock  NEVER    STALE      NOTE   STALE
      """;

  private static final String ABSENT = "Absent";
  private static final Map<String, Cell> CELLS = read(CALLERS, SERVER);

  private RuleTable() {}

  static Cell of(Optional<Intent> intent, Actor actor, IntentCommand command) {
    String phase = intent.map(i -> i.phase().getClass().getSimpleName()).orElse(ABSENT);
    return cell(phase, actor.getClass().getSimpleName(), command.getClass().getSimpleName())
        .orElseThrow(() -> new IllegalStateException("No rule for " + phase + ", " + command));
  }

  static Optional<Cell> cell(String phase, String actor, String command) {
    return Optional.ofNullable(CELLS.get(phase + ' ' + actor + ' ' + command));
  }

  /** Every {@code phase actor command} that has a cell. */
  static Set<String> keys() {
    return Collections.unmodifiableSet(CELLS.keySet());
  }

  private static Map<String, Cell> read(String... tables) {
    Map<String, Cell> cells = new HashMap<>();
    for (String table : tables) {
      read(table, cells);
    }
    return cells;
  }

  private static void read(String table, Map<String, Cell> cells) {
    List<String[]> lines = table.lines().map(l -> l.split(" +")).toList();
    String[] head = lines.getFirst();
    for (String[] row : lines.subList(1, lines.size())) {
      for (int column = 2; column < row.length; column++) {
        String key = row[0] + ' ' + row[1] + ' ' + head[column];
        if (cells.put(key, Cell.valueOf(row[column])) != null) {
          throw new IllegalStateException("Expected one cell for " + key + ", but found two");
        }
      }
    }
  }
}
