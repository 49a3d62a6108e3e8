package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Assignee;
import dev.axme.core.Digest;
import dev.axme.core.TaskDraft;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Known;
import dev.axme.store.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code human_task} (section 6.1) and fills in what it leaves out. The document that results
 * is stored, shown and digested as it stands.
 */
public final class TaskReader {
  /** The title of a task that nobody named. */
  public static final String UNTITLED = "Human approval required";

  private static final int TITLE = 255;
  private static final int DESCRIPTION = 2_000;
  private static final int OUTCOMES = 20;
  private static final int OUTCOME = 64;
  private static final int ASSIGNEES = 20;
  private static final int NAME = 383;
  private static final int FORM_BYTES = 64 * 1024;

  private final Known known;
  private final List<String> warnings;

  /** Reads tasks for a workspace; what is worth a word goes to {@code warnings}. */
  public TaskReader(Known known, List<String> warnings) {
    this.known = known;
    this.warnings = warnings;
  }

  /** A task from {@code task}, for people whom it names or {@code addressed} does. */
  public TaskDraft read(
      ObjectNode task, String defaultTitle, Optional<Assignee> addressed, Blob payload, Fields to) {
    Fields fields = new Fields(task);
    String type = fields.text(OUTCOME, "task_type").orElse("approval");
    Optional<List<String>> given = outcomes(fields);
    List<String> outcomes = given.orElseGet(() -> TaskTypes.outcomes(type));
    List<Assignee> assignees = assignees(fields, addressed);
    Optional<ObjectNode> form = form(fields);
    ObjectNode document = task.deepCopy();
    document.put("title", clip(fields.text(TITLE, "title").orElse(defaultTitle)));
    fields.text(DESCRIPTION, "description");
    document.put("task_type", type);
    ArrayNode words = document.putArray("allowed_outcomes");
    outcomes.forEach(words::add);
    boolean comment = fields.flag("required_comment").orElse(TaskTypes.commentRequired(type));
    boolean evidence = fields.flag("evidence_required").orElse(false);
    document.put("required_comment", comment).put("evidence_required", evidence);
    ArrayNode names = document.putArray("assignees");
    assignees.forEach(a -> names.add(a.ref()));
    Blob stored = Blob.of(Json.bytes(document));
    to.blobs().add(stored);
    return new TaskDraft(
        document.path("title").textValue(),
        type,
        outcomes,
        given.isPresent(),
        comment,
        evidence,
        assignees,
        form.map(to::payload),
        stored.payload(),
        Digest.ofParts(payload.bytes(), stored.bytes()));
  }

  /** A title is one line, also when it comes out of a payload. */
  private static String clip(String written) {
    String line = written.replaceAll("\\p{Cc}+", " ").strip();
    String title = line.isEmpty() ? UNTITLED : line;
    return title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "…";
  }

  private static Optional<List<String>> outcomes(Fields fields) {
    List<String> words = strings(fields, "allowed_outcomes", OUTCOMES, OUTCOME);
    Set<String> seen = new TreeSet<>();
    for (String word : words) {
      if (!seen.add(word.toLowerCase(Locale.ROOT))) {
        throw Problem.invalid("human_task.allowed_outcomes", "names " + word + " twice.");
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private List<Assignee> assignees(Fields fields, Optional<Assignee> addressed) {
    List<Assignee> assignees = new ArrayList<>();
    for (String name : strings(fields, "assignees", ASSIGNEES, NAME)) {
      Assignee assignee = assignee(name);
      if (!assignees.contains(assignee)) {
        assignees.add(assignee);
      }
    }
    if (assignees.isEmpty()) {
      addressed.ifPresent(assignees::add);
    }
    return assignees;
  }

  /** Somebody whom nobody knows yet is kept by name: owners and admins can decide meanwhile. */
  Assignee assignee(String name) {
    return known
        .assignee(name)
        .orElseGet(
            () -> {
              warnings.add(
                  "Nobody here is called "
                      + name
                      + " or has that role: until somebody is, only owners and admins can decide.");
              return new Assignee.Role(Addresses.name(name));
            });
  }

  private static List<String> strings(Fields fields, String name, int most, int longest) {
    Optional<JsonNode> list = fields.any(name);
    if (list.isEmpty()) {
      return List.of();
    }
    if (!list.get().isArray() || list.get().size() > most) {
      throw Problem.invalid(
          "human_task." + name, "must be a list of at most " + most + " strings.");
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode item : list.get()) {
      if (!item.isTextual() || !line(item.textValue(), longest)) {
        throw Problem.invalid(
            "human_task." + name,
            "must hold strings of 1 to " + longest + " characters on one line.");
      }
      strings.add(item.textValue().strip());
    }
    return strings;
  }

  private static boolean line(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static Optional<ObjectNode> form(Fields fields) {
    Optional<ObjectNode> form = fields.object("form_schema");
    if (form.isPresent() && Json.bytes(form.get()).length > FORM_BYTES) {
      throw Problem.invalid(
          "human_task.form_schema", "may have " + FORM_BYTES + " bytes; ask for less.");
    }
    form.ifPresent(Forms::check);
    return form;
  }
}
