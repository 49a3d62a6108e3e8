package dev.axme.server.pages;

import dev.axme.server.pages.MailView.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the two forms of a mail need beside the view: everything that is more than a look-up. */
public record MailPage(MailView view, PayloadTable payload, Times times) {
  private static final int MOST_ROWS = 80;
  private static final int MOST_CHARACTERS = 24 * 1024;
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_EARLIER = 20;

  static MailPage of(MailView view) {
    PayloadTable.Room room = new PayloadTable.Room();
    room.rows = MOST_ROWS;
    room.characters = MOST_CHARACTERS;
    room.raw = 0;
    return new MailPage(
        view,
        PayloadTable.of(view.subject().payload(), room),
        new Times(view.written().at(), view.written().zone()));
  }

  /** The sentence at the top, on one line. */
  public String headline() {
    return Labels.clip(line(view.headline()), 300);
  }

  public String news() {
    return Labels.clip(line(view.news()), 300);
  }

  public String why() {
    return Labels.clip(line(view.why()), 300);
  }

  public Optional<Risk> risk() {
    return asks() ? Risk.of(view.subject().payload()) : Optional.empty();
  }

  /** Whether somebody has to decide. */
  public boolean asks() {
    return view.standing() instanceof Standing.Open;
  }

  /** Until when it waits and what happens then, in a sentence; empty when it does not wait. */
  public String deadline() {
    if (!(view.standing() instanceof Standing.Open open)) {
      return "";
    }
    Instant due = open.deadline().dueAt();
    if (due == null) {
      return "No deadline: it waits until somebody decides.";
    }
    String then = "Then " + open.deadline().then() + ".";
    if (!due.isAfter(view.written().at())) {
      return "Time is up. " + then;
    }
    return "Waits until "
        + times.whole(due)
        + ": "
        + times.left(due).text()
        + " from when this was sent. "
        + line(then);
  }

  /** How it ended; empty while it waits. */
  public String ending() {
    return view.standing() instanceof Standing.Over over
        ? line(Labels.clip(over.what(), 300))
            + " at "
            + times.clockAndDay(over.at())
            + ". There is nothing left to do."
        : "";
  }

  /** How the work went on after it ended. */
  public String next() {
    return view.standing() instanceof Standing.Over over ? line(Labels.clip(over.next(), 500)) : "";
  }

  /** What a person, or the sender of a notice, said in their own words; may have many lines. */
  public String words() {
    return Labels.clip(
        switch (view.standing()) {
          case Standing.Open _ -> description();
          case Standing.Over over -> over.comment().strip();
          case Standing.Told told -> told.text().strip();
        },
        LONGEST_TEXT);
  }

  /** Whose words they are. */
  public String speaker() {
    return view.standing() instanceof Standing.Over ? "With the comment" : "In the sender's words";
  }

  private String description() {
    String text = view.subject().description();
    boolean twice = text.equals(view.subject().payload().path("description").asText(""));
    return twice ? "" : text.strip();
  }

  /** Whether what exactly will be done belongs into this mail. */
  public boolean showsPayload() {
    return asks();
  }

  /** What the steps before came to; the page shows all of it. */
  public List<String> earlier() {
    return view.subject().earlier().stream()
        .limit(MOST_EARLIER)
        .map(e -> Labels.clip(line(e), 300))
        .toList();
  }

  /** The name of the step that asks; empty for none. */
  public String step() {
    return view.subject().step().isEmpty() ? "" : line(StepName.of(view.subject().step()));
  }

  /** The way in, for whoever has to decide. */
  public Optional<MailView.Door> door() {
    return view.standing() instanceof Standing.Open open
        ? Optional.of(open.door())
        : Optional.empty();
  }

  /** What can be decided on the page: "approve or reject". */
  public String choices() {
    List<String> verbs =
        door().stream()
            .flatMap(d -> d.verbs().stream())
            .map(v -> line(v.verb()).toLowerCase(Locale.ROOT))
            .toList();
    if (verbs.size() < 2) {
      return String.join("", verbs);
    }
    return String.join(", ", verbs.subList(0, verbs.size() - 1)) + " or " + verbs.getLast();
  }

  /** What does not fit into a mail. */
  public String hidden() {
    return payload.hidden() == 0
        ? ""
        : payload.hiddenWords() + " not in this table: look at all of it before you decide.";
  }

  /** What a value that is too long for a mail says instead of itself. */
  static String folded(Value.Folded folded) {
    return "(" + folded.note() + ", all of it is on the page)";
  }

  /** The text as one line, its spaces kept: a line of a change. */
  static String kept(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  /** The text on one line. */
  static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
