package dev.axme.server.pages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of what waits for a person, and what was decided lately.
 *
 * <p>{@code waiting} counts all that waits, also on later pages; {@code nextUrl} leads to those and
 * is null on the last page.
 */
public record TaskListView(
    Frame frame, int waiting, List<Open> open, List<Ended> ended, @Nullable String nextUrl) {

  public TaskListView {
    open = List.copyOf(open);
    ended = List.copyOf(ended);
  }

  /** Which request: where its page is, its title, and who asks. */
  public record Subject(String url, String title, String from) {

    /** The title at a length for lists. */
    public String shortTitle() {
      String title = this.title.strip();
      return title.isEmpty() ? "A decision" : Labels.clip(title, 200);
    }

    /** The name of who asks. */
    public String who() {
      return Headline.nameOf(from);
    }
  }

  /**
   * A request that waits; no due time means that it waits for ever.
   *
   * @param step the step of a workflow that waits, as the sender wrote it
   */
  public record Open(
      Subject subject,
      @Nullable String step,
      @Nullable Risk risk,
      Instant askedAt,
      @Nullable Instant dueAt) {

    /** Who asks, and in which step. */
    public String who() {
      return step == null ? subject.who() : subject.who() + ", step " + StepName.of(step);
    }
  }

  /** A request that has ended: how, by whom (null when nobody), and when. */
  public record Ended(Subject subject, Ending ending, @Nullable String by, Instant at) {

    /** "Approved by you", "Expired". */
    public String words() {
      return by == null ? ending.word() : ending.word() + " by " + Headline.nameOf(by);
    }
  }

  /** The word, colour and symbol for an end. */
  public record Ending(String word, String colour, String icon) {

    public static final Ending EXPIRED = new Ending("Expired", "", "clock");
    public static final Ending CANCELED = new Ending("Canceled", "", "cross");

    public static Ending decided(String outcome) {
      OutcomeWord word = OutcomeWord.of(outcome);
      return new Ending(word.past(), word.tone().colour(), word.tone().icon());
    }
  }
}
