package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a task, both ways: from its JSON Schema to fields, and from a post to typed values.
 *
 * <p>What it cannot draw becomes a text area for JSON, so every schema can be answered. It types
 * and does not validate: whoever has the schema library does, and hands the errors back to the
 * page.
 */
public final class DecisionForm {

  /** The names of the inputs that every decision has; the schema's come after {@link #PREFIX}. */
  public static final String OUTCOME = "outcome";

  public static final String COMMENT = "comment";
  public static final String EVIDENCE = "evidence";
  public static final String CSRF = "csrf";
  public static final String NONCE = "nonce";

  /** What stands before a property's name in the name of its input. */
  public static final String PREFIX = "field.";

  private static final String REST = "rest";
  private static final int MOST_FIELDS = 60;
  private static final int LONGEST_NAME = 200;
  private static final Set<String> OWN = Set.of(OUTCOME, COMMENT, EVIDENCE, CSRF, NONCE);
  private static final Set<String> FROM_OUTCOME = Set.of("approved", "acknowledged", "confirmed");

  private final Map<String, FieldSpec> fields = new LinkedHashMap<>();
  private final boolean commentNeeded;
  private final boolean evidenceAsked;
  private final boolean more;

  private DecisionForm(Question question) {
    JsonNode schema =
        question.formSchema() == null
            ? JsonNodeFactory.instance.objectNode()
            : question.formSchema();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    boolean left = false;
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      FieldSpec field = FieldSpec.of(name, property.getValue(), required.contains(name));
      if (name.equals(COMMENT) || name.equals(OUTCOME) || fromOutcome(field)) {
        continue;
      }
      if (fields.size() < MOST_FIELDS && name.length() <= LONGEST_NAME) {
        fields.put(name, field);
      } else {
        left = true;
      }
    }
    boolean open =
        schema.path("type").asText("").equals("object") && schema.path("properties").isEmpty();
    this.more = left || (open && question.formSchema() != null);
    this.commentNeeded = question.demands().comment() || required.contains(COMMENT);
    this.evidenceAsked = question.demands().evidence() && !fields.containsKey(EVIDENCE);
  }

  public static DecisionForm of(Question question) {
    return new DecisionForm(question);
  }

  /** The server fills these from the outcome, so asking as well could only contradict it. */
  private static boolean fromOutcome(FieldSpec field) {
    return field.required()
        && field.kind() == FieldSpec.Kind.YES_NO
        && FROM_OUTCOME.contains(field.name());
  }

  /** The fields to draw, with what was typed before and what was wrong with it. */
  public List<FormField> fields(Map<String, List<String>> typed, List<FieldError> errors) {
    List<FormField> drawn = new ArrayList<>();
    FieldPainter painter = new FieldPainter(typed);
    int number = 0;
    for (FieldSpec field : fields.values()) {
      drawn.add(painter.paint("field-" + ++number, field, errorOf(field.name(), errors)));
    }
    if (more) {
      drawn.add(painter.rest(REST, errorOf(REST, errors)));
    }
    return drawn;
  }

  /** The first sentence about a field, or null. */
  static @Nullable String errorOf(String name, List<FieldError> errors) {
    return errors.stream()
        .filter(e -> e.top().equals(name))
        .map(e -> Labels.clip(e.message(), 500))
        .findFirst()
        .orElse(null);
  }

  public boolean commentNeeded() {
    return commentNeeded;
  }

  /** Whether the page has a box of its own for evidence. */
  public boolean evidenceAsked() {
    return evidenceAsked;
  }

  /** Reads a post; keys that the form does not know are errors, never dropped. */
  public PostedDecision parse(Map<String, List<String>> post) {
    List<FieldError> errors = new ArrayList<>();
    String outcome = last(post, OUTCOME);
    String comment = last(post, COMMENT);
    String evidence = last(post, EVIDENCE);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    boolean failure = OutcomeWord.of(outcome).failure();
    for (FieldSpec field : fields.values()) {
      List<String> posted = post.getOrDefault(PREFIX + field.name(), List.of());
      switch (FieldReader.read(field, posted)) {
        case FieldReader.Read.Typed typed -> values.set(field.name(), typed.value());
        case FieldReader.Read.Nothing nothing -> {}
        case FieldReader.Read.Wrong wrong -> {
          if (failure) {
            values.put(field.name(), String.join("\n", posted));
          } else {
            errors.add(new FieldError(field.name(), wrong.message()));
          }
        }
      }
    }
    if (more) {
      readRest(last(post, REST), values, errors);
    }
    demand(outcome, comment, evidence, errors);
    unknown(post, errors);
    return new PostedDecision(outcome, comment, evidence, values, errors);
  }

  private static void readRest(String text, ObjectNode values, List<FieldError> errors) {
    if (text.isEmpty()) {
      return;
    }
    switch (FieldReader.json(text)) {
      case FieldReader.Read.Typed typed when typed.value().isObject() ->
          typed.value().properties().forEach(p -> values.set(p.getKey(), p.getValue()));
      case FieldReader.Read.Wrong wrong -> errors.add(new FieldError(REST, wrong.message()));
      default -> errors.add(new FieldError(REST, "Write one JSON object, in curly braces"));
    }
  }

  private void demand(String outcome, String comment, String evidence, List<FieldError> errors) {
    if (outcome.isEmpty()) {
      errors.add(new FieldError(OUTCOME, "Choose one of the answers"));
    }
    if (commentNeeded && comment.isEmpty()) {
      errors.add(new FieldError(COMMENT, "Write a comment: this request needs one"));
    }
    if (evidenceAsked && evidence.isEmpty() && !OutcomeWord.of(outcome).failure()) {
      errors.add(new FieldError(EVIDENCE, "Say what shows that it is done"));
    }
  }

  private void unknown(Map<String, List<String>> post, List<FieldError> errors) {
    post.keySet().stream()
        .filter(key -> !OWN.contains(key) && !(more && key.equals(REST)))
        .filter(
            key -> !key.startsWith(PREFIX) || !fields.containsKey(key.substring(PREFIX.length())))
        .sorted()
        .limit(10)
        .forEach(
            key ->
                errors.add(
                    new FieldError("", "This form has no field named " + Labels.clip(key, 80))));
  }

  private static String last(Map<String, List<String>> post, String key) {
    List<String> values = post.getOrDefault(key, List.of());
    return values.isEmpty() ? "" : values.getLast().strip();
  }
}
