package dev.axme.server.pages;

import dev.axme.server.pages.TaskView.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the template of a task needs beside the view: everything that takes more than a look-up. */
public record TaskPage(
    TaskView view, DecisionForm form, PayloadTable payload, List<EarlierStep.Drawn> earlier) {

  static TaskPage of(TaskView view) {
    return new TaskPage(
        view,
        DecisionForm.of(view.question()),
        PayloadTable.of(view.subject().payload()),
        EarlierStep.draw(view.course().earlier()));
  }

  /** The name of the question's step; empty when it is no step. */
  public String step() {
    String step = view.course().step();
    return step == null ? "" : StepName.of(step);
  }

  /** How the work went on, at a length that a page can bear. */
  public String next() {
    return Labels.clip(view.course().next(), 500);
  }

  /** Whether the page shows all that a decision holds for. */
  public boolean whole() {
    return payload.whole() && earlier.stream().allMatch(EarlierStep.Drawn::whole);
  }

  public Frame frame() {
    return view.frame();
  }

  /** The sentence at the top, at a length that a page can bear. */
  public String headline() {
    return Labels.clip(view.headline(), 300);
  }

  public Optional<Risk> risk() {
    return Risk.of(view.subject().payload());
  }

  /** The sender's text for people, unless the payload's rows say the same. */
  public String description() {
    String text = view.subject().description();
    boolean twice =
        text == null || text.equals(view.subject().payload().path("description").asText(""));
    return text == null || twice ? "" : Labels.clip(text.strip(), 4000);
  }

  /** The first digits of the digest, in two groups that can be compared by eye. */
  public String shortDigest() {
    String digest = view.subject().digest();
    digest = digest.substring(digest.indexOf(':') + 1);
    return digest.length() < 8 ? digest : digest.substring(0, 4) + " " + digest.substring(4, 8);
  }

  /** The fields of the form, when this viewer may decide. */
  public List<FormField> fields() {
    return view.standing() instanceof Standing.MayDecide may
        ? form.fields(may.typed().post(), may.typed().errors())
        : List.of();
  }

  /** All that was wrong with the last post, each with the id of the field to go to. */
  public List<Complaint> complaints() {
    if (!(view.standing() instanceof Standing.MayDecide may)) {
      return List.of();
    }
    List<FormField> fields = fields();
    return may.typed().errors().stream()
        .map(
            e -> new Complaint(Labels.clip(label(e, fields) + e.message(), 500), target(e, fields)))
        .toList();
  }

  private static String label(FieldError error, List<FormField> fields) {
    return field(error, fields).map(f -> f.words().label() + ": ").orElse("");
  }

  private static String target(FieldError error, List<FormField> fields) {
    String drawn = field(error, fields).map(FormField::id).orElse("decision");
    return switch (error.top()) {
      case DecisionForm.COMMENT -> "comment";
      case DecisionForm.EVIDENCE -> drawn.equals("decision") ? "evidence" : drawn;
      case DecisionForm.OUTCOME -> "actions";
      default -> drawn;
    };
  }

  private static Optional<FormField> field(FieldError error, List<FormField> fields) {
    return fields.stream().filter(f -> named(f, error)).findFirst();
  }

  private static boolean named(FormField field, FieldError error) {
    return field.name().equals(DecisionForm.PREFIX + error.top())
        || field.name().equals(error.top());
  }

  /** One line of the summary of errors. */
  public record Complaint(String text, String target) {}

  /** The words for each button: the first success is solid, failures stand last and apart. */
  public List<OutcomeWord> buttons() {
    List<OutcomeWord> words = view.question().words();
    return Stream.concat(
            words.stream().filter(w -> !w.failure()), words.stream().filter(OutcomeWord::failure))
        .toList();
  }

  /** The class of a button. */
  public String buttonClass(OutcomeWord word) {
    boolean first = buttons().getFirst().outcome().equals(word.outcome());
    if (first && !word.failure()) {
      return "primary";
    }
    return word.tone() == OutcomeWord.Tone.STOP ? "danger" : "plain";
  }

  /** How it ended, in the words of the lists; null while it waits. */
  public TaskListView.@Nullable Ending ending() {
    return switch (view.standing()) {
      case Standing.Decided d -> TaskListView.Ending.decided(d.outcome());
      case Standing.Expired e -> TaskListView.Ending.EXPIRED;
      case Standing.Canceled c -> TaskListView.Ending.CANCELED;
      case Standing.MayDecide m -> null;
      case Standing.MayLook m -> null;
    };
  }

  /** What a person answered in the form, as rows. */
  public PayloadTable answered() {
    return view.standing() instanceof Standing.Decided decided
        ? PayloadTable.of(decided.answer().fields())
        : new PayloadTable(List.of(), 0, new RawJson("", false));
  }

  /** The heading over the form, by the kind of task. */
  public String heading() {
    return switch (view.question().taskType().toLowerCase(Locale.ROOT)) {
      case "clarification", "form", "provide_data" -> "Your answer";
      case "manual_action" -> "What you did";
      default -> "Your decision";
    };
  }

  /** Whether the decision is small enough to stay in sight while a person reads the rest. */
  public boolean compact() {
    return buttons().size() <= 3 && fields().size() <= 3 && complaints().isEmpty();
  }
}
