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

  private static final String TABLE =
      """
      phase      actor  Create  Resume   Resolve   ChangeControls  ChangePolicy  PickUp   FireTimer
      Absent     Human  CREATE  UNKNOWN  UNKNOWN   UNKNOWN         UNKNOWN       UNKNOWN  NEVER
      Absent     Agent  CREATE  UNKNOWN  UNKNOWN   UNKNOWN         UNKNOWN       UNKNOWN  NEVER
      Absent     Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    STALE
      Mailed     Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      Mailed     Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      Mailed     Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      InProgress Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      InProgress Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      InProgress Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      Passed     Human  EXISTS  FINISH   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      Passed     Agent  EXISTS  REPORT   RESOLVE   ADJUST          ADJUST        TAKE     NEVER
      Passed     Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      Asked      Human  EXISTS  DECIDE   OVERRULE  ADJUST          ADJUST        STALE    NEVER
      Asked      Agent  EXISTS  PEOPLE   WITHDRAW  ADJUST          ADJUST        STALE    NEVER
      Asked      Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      Awaiting   Human  EXISTS  ADVANCE  CLOSE     ADJUST          ADJUST        STALE    NEVER
      Awaiting   Agent  EXISTS  ADVANCE  CLOSE     ADJUST          ADJUST        STALE    NEVER
      Awaiting   Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      Sleeping   Human  EXISTS  SKIP     CLOSE     ADJUST          ADJUST        STALE    NEVER
      Sleeping   Agent  EXISTS  SKIP     CLOSE     ADJUST          ADJUST        STALE    NEVER
      Sleeping   Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    FIRE
      Completed  Human  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Completed  Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Completed  Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    STALE
      Failed     Human  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Failed     Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Failed     Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    STALE
      Canceled   Human  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Canceled   Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      Canceled   Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    STALE
      TimedOut   Human  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      TimedOut   Agent  EXISTS  ENDED    ENDED     ENDED           ENDED         STALE    NEVER
      TimedOut   Clock  NEVER   NEVER    NEVER     NEVER           NEVER         NEVER    STALE
      """;

  private static final String ABSENT = "Absent";
  private static final Map<String, Cell> CELLS = read(TABLE);

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

  private static Map<String, Cell> read(String table) {
    List<String[]> lines = table.lines().map(l -> l.split(" +")).toList();
    String[] head = lines.getFirst();
    Map<String, Cell> cells = new HashMap<>();
    for (String[] row : lines.subList(1, lines.size())) {
      for (int column = 2; column < row.length; column++) {
        String key = row[0] + ' ' + row[1] + ' ' + head[column];
        if (cells.put(key, Cell.valueOf(row[column])) != null) {
          throw new IllegalStateException("Expected one cell for " + key + ", but found two");
        }
      }
    }
    return cells;
  }
}
