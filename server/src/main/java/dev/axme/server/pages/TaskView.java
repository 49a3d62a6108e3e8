package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of one task shows; a route fills it from the intent and its task.
 *
 * <p>All texts may be hostile: the page escapes and bounds them. History is in order, what is still
 * to come last.
 */
public record TaskView(
    Frame frame,
    String intentId,
    String headline,
    Question question,
    Subject subject,
    Deadline deadline,
    List<HistoryLine> history,
    Standing standing,
    Course course,
    @Nullable Notice notice) {

  public TaskView {
    history = List.copyOf(history);
  }

  /**
   * Where the question stands in a workflow; all of it is empty for a request that is one question.
   *
   * @param step the name of the question's step as the sender wrote it
   * @param earlier what the steps before it came to, as it was when the question was asked
   * @param next how the work went on once the question was closed: whole sentences
   */
  public record Course(@Nullable String step, List<EarlierStep> earlier, String next) {
    public static final Course NONE = new Course(null, List.of(), "");

    public Course {
      earlier = List.copyOf(earlier);
    }
  }

  /**
   * What it is about: the payload as it was sent, its digest in hexadecimal, a text that the sender
   * wrote for people, and where the whole payload can be read (null: nowhere).
   */
  public record Subject(
      JsonNode payload, String digest, @Nullable String description, @Nullable String rawUrl) {}

  /**
   * When it was asked, until when it waits (null: for ever), and what happens then, as the end of a
   * sentence: "it expires and nothing is done".
   */
  public record Deadline(Instant askedAt, @Nullable Instant dueAt, String then) {

    private static final String NOTHING = "it expires and nothing is done";

    public static Deadline none(Instant askedAt) {
      return new Deadline(askedAt, null, NOTHING);
    }

    public static Deadline expires(Instant askedAt, Instant dueAt) {
      return new Deadline(askedAt, dueAt, NOTHING);
    }

    /** In a workflow, agents may have done something before. */
    public static Deadline ends(Instant askedAt, Instant dueAt) {
      return new Deadline(askedAt, dueAt, "it expires and nothing more is done");
    }

    /** The workflow has a step for this case; {@code next} is its name. */
    public static Deadline goesOn(Instant askedAt, Instant dueAt, String next) {
      return new Deadline(
          askedAt,
          dueAt,
          "it expires, and the work goes on with \u201c" + StepName.of(next) + "\u201d");
    }
  }

  /** Where the task stands for this viewer. */
  public sealed interface Standing {

    /** It waits, and this viewer may decide: with a form that posts to {@code action}. */
    record MayDecide(String action, Tokens tokens, Typed typed) implements Standing {}

    /** It waits, and this viewer may only look; {@code why} is a whole sentence. */
    record MayLook(String why) implements Standing {}

    /** Somebody decided. */
    record Decided(String outcome, String by, Instant at, Answer answer) implements Standing {}

    /** The deadline passed. */
    record Expired(Instant at) implements Standing {}

    /** Somebody took it back; an empty reason is none. */
    record Canceled(String by, Instant at, String reason) implements Standing {}
  }

  /** What the form carries to prove that it is ours and used once; an empty text is left out. */
  public record Tokens(String csrf, String nonce) {}

  /** What was posted before and is shown again, with what was wrong with it. */
  public record Typed(Map<String, List<String>> post, List<FieldError> errors) {

    public static final Typed NOTHING = new Typed(Map.of(), List.of());

    /** What was typed under a name, or nothing. */
    public String text(String name) {
      List<String> values = post.getOrDefault(name, List.of());
      return values.isEmpty() ? "" : values.getLast();
    }

    /** The sentence about a field, or null. */
    public @Nullable String error(String field) {
      return DecisionForm.errorOf(field, errors);
    }
  }

  /** What came with a decision; empty texts and an empty object are nothing. */
  public record Answer(String comment, JsonNode fields) {}
}
