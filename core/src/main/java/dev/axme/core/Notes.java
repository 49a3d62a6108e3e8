package dev.axme.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who was told, and of what: facts that change nothing about the intent itself. */
final class Notes {
  static final String NO_CHANNEL = "no channel";

  private Notes() {}

  /** Notes what became of a notice; that a link was opened is told once for each person. */
  static Ruling note(Intent intent, IntentCommand.Note command) {
    Notice notice = command.notice();
    boolean known = notice.task().isEmpty() || notice.task().flatMap(intent::task).isPresent();
    if (!known) {
      return new Ruling.Stale();
    }
    if (command.fate() instanceof Notice.Fate.Seen) {
      Optional<HumanTask> task = intent.openTask().filter(t -> notice.task().equals(idOf(t)));
      if (task.isEmpty() || notice.to().filter(task.get().seen()::contains).isPresent()) {
        return new Ruling.Stale();
      }
    }
    return new EventList(intent)
        .fact(new IntentEvent.Notified(intent.id(), notice, command.fate()))
        .accepted();
  }

  private static Optional<TaskId> idOf(HumanTask task) {
    return Optional.of(task.id());
  }

  /** Links that were sent out for the open question open nothing any more. */
  static Ruling revokeLinks(Intent intent, Actor actor) {
    HumanTask task = intent.openTask().orElseThrow();
    if (actor instanceof Actor.Human human && !task.decidableBy(human.person())) {
      return IntentMachine.refused(new Refusal.NotAssigned(intent.id(), task.draft().assignees()));
    }
    return new EventList(intent)
        .fact(new IntentEvent.LinksRevoked(intent.id(), task.links() + 1))
        .accepted();
  }

  /** Where no channel reaches people, each question says so in its own append. */
  static Ruling unsent(Ruling ruling, Moment moment) {
    if (moment.reachesPeople() || !(ruling instanceof Ruling.Accepted accepted)) {
      return ruling;
    }
    List<IntentEvent> events = new ArrayList<>(accepted.events());
    for (IntentEvent event : accepted.events()) {
      if (event instanceof IntentEvent.TaskOpened e) {
        events.add(skipped(e.intent(), Notice.Kind.ASKED, Optional.of(e.task()), 0));
      } else if (event instanceof IntentEvent.Reminded e) {
        events.add(skipped(e.intent(), Notice.Kind.REMINDED, Optional.empty(), e.number()));
      } else if (event instanceof IntentEvent.Escalated e) {
        events.add(skipped(e.intent(), Notice.Kind.ESCALATED, Optional.empty(), 0));
      }
    }
    return new Ruling.Accepted(events);
  }

  private static IntentEvent skipped(
      IntentId intent, Notice.Kind kind, Optional<TaskId> task, int number) {
    return new IntentEvent.Notified(
        intent,
        new Notice(kind, task, number, Optional.empty()),
        new Notice.Fate.Skipped(NO_CHANNEL));
  }
}
