package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Everything that one mail about a request says.
 *
 * <p>All texts may be hostile: {@link Mails} escapes and bounds them. A mail is read later than it
 * is written, so its times are whole dates.
 *
 * @param headline one sentence: who wants what
 * @param news what is new since the mail before it; empty in the first one
 * @param why why this person gets it: a whole sentence
 */
public record MailView(
    Written written, String headline, String news, Standing standing, Subject subject, String why) {

  /** When it was written, and the time zone that its times are told in. */
  public record Written(Instant at, ZoneId zone) {}

  /** Where the request stands. */
  public sealed interface Standing {

    /** Somebody has to decide, until when, and what happens otherwise. */
    record Open(TaskView.Deadline deadline, Door door) implements Standing {}

    /**
     * It is over: there is nothing left to do.
     *
     * @param what how it ended and by whom, without a full stop: "Approved by Jonas"
     * @param comment what they said; empty for nothing
     * @param next how the work went on: whole sentences, or empty
     */
    record Over(String what, Instant at, String comment, String next) implements Standing {}

    /** A workflow tells something; nobody has to do anything. */
    record Told(String text) implements Standing {}
  }

  /**
   * How to get in.
   *
   * @param url the page on which this person decides
   * @param verbs what can be decided there, successes first
   * @param commands the same on a terminal; none when the page can be reached from anywhere
   */
  public record Door(String url, List<OutcomeWord> verbs, List<String> commands) {
    public Door {
      verbs = List.copyOf(verbs);
      commands = List.copyOf(commands);
    }
  }

  /**
   * What it is about.
   *
   * @param description what the sender wrote for people; empty for nothing
   * @param step the step of a workflow that asks; empty for none
   * @param earlier what the steps before it came to, in a line each
   */
  public record Subject(
      String intentId, JsonNode payload, String description, String step, List<String> earlier) {
    public Subject {
      earlier = List.copyOf(earlier);
    }
  }
}
