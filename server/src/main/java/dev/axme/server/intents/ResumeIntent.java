package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.TaskId;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the body of a resume in each of the ways in which it may be meant; the rules pick by phase
 * and actor (sections 3.7, 6.4).
 */
final class ResumeIntent {
  private static final int COMMENT = 2_000;

  /** The field that hands over. */
  static final String HANDLER = "next_handler";

  /** Keys that steer; everything else is the result or an answer field. */
  private static final List<String> CONTROLS =
      List.of(
          "action",
          "approve_current_step",
          HANDLER,
          "actor",
          "expected_policy_generation",
          "internal_scheduler",
          "idempotency_key",
          "owner_agent");

  private static final Set<String> FAILURES = Set.of("failed", "error", "failure", "rejected");

  private final Caller caller;
  private final Fields fields;

  ResumeIntent(Caller caller, ObjectNode body) {
    this.caller = caller;
    this.fields = new Fields(body);
  }

  /** The payloads that the command names. */
  Fields fields() {
    return fields;
  }

  IntentCommand.Resume command(IntentId id, Optional<Mailbox> handOver) {
    return new IntentCommand.Resume(
        id,
        report(),
        answer().map(a -> a.with(Optional.empty(), fields)),
        fields.flag("approve_current_step"),
        handOver,
        fields.reason(),
        fields.expectedGeneration());
  }

  /** Whom the body hands the intent to. */
  Optional<Address> handler() {
    return fields.text(383, HANDLER).map(written -> Receivers.address(HANDLER, written, caller));
  }

  private Optional<IntentCommand.Report> report() {
    ObjectNode result = Json.object();
    fields.body().properties().stream()
        .filter(p -> !CONTROLS.contains(p.getKey()))
        .forEach(p -> result.set(p.getKey(), p.getValue()));
    Optional<String> action = fields.text(64, "action");
    if (action.isEmpty()) {
      return result.isEmpty() || fields.has("approve_current_step")
          ? Optional.empty()
          : Optional.of(new IntentCommand.Report(!failed(), fields.payload(result)));
    }
    return switch (action.get().toLowerCase(Locale.ROOT)) {
      case "complete" -> Optional.of(new IntentCommand.Report(true, fields.payload(result)));
      case "fail" -> Optional.of(new IntentCommand.Report(false, fields.payload(result)));
      default ->
          throw Problem.invalid("action", "must be complete or fail, not " + action.get() + ".");
    };
  }

  private boolean failed() {
    return FAILURES.contains(
        fields.body().path("outcome").asText("").strip().toLowerCase(Locale.ROOT));
  }

  /** An answer before it is checked against a form. */
  record Said(String outcome, Optional<String> comment, ObjectNode fields) {
    IntentCommand.Answer with(Optional<TaskId> checkedFor, Fields to) {
      return new IntentCommand.Answer(
          outcome,
          comment,
          evidence(),
          fields.isEmpty() ? Optional.empty() : Optional.of(to.payload(fields)),
          checkedFor);
    }

    private boolean evidence() {
      JsonNode evidence = fields.path("evidence");
      return !evidence.isMissingNode()
          && !evidence.isNull()
          && !(evidence.isTextual() && evidence.textValue().isBlank())
          && !(evidence.isContainerNode() && evidence.isEmpty());
    }
  }

  /**
   * The reading as a person's decision. A body with an {@code action} is none; an agent's body is
   * one only when it says {@code task_result}, which is then refused.
   */
  Optional<Said> answer() {
    Optional<ObjectNode> task = fields.object("task_result");
    if (fields.has("action") || (caller.person().isEmpty() && task.isEmpty())) {
      return Optional.empty();
    }
    ObjectNode result = task.orElseGet(Json::object);
    Optional<String> outcome =
        new Fields(result)
            .text(64, "outcome")
            .filter(_ -> !fields.has("outcome"))
            .or(() -> fields.text(64, "outcome"))
            .or(() -> text(result, "decision"))
            .or(() -> approved(result))
            .or(() -> approved(fields.body()));
    if (outcome.isEmpty()) {
      return task.isEmpty()
          ? Optional.empty()
          : Optional.of(new Said("", comment(result), answerFields(result)));
    }
    return Optional.of(new Said(outcome.get(), comment(result), answerFields(result)));
  }

  private static Optional<String> approved(ObjectNode node) {
    JsonNode approved = node.path("approved");
    return approved.isBoolean()
        ? Optional.of(approved.booleanValue() ? "approved" : "rejected")
        : Optional.empty();
  }

  private Optional<String> comment(ObjectNode result) {
    new Fields(result).text(COMMENT, "comment");
    fields.text(COMMENT, "comment");
    for (JsonNode place :
        List.of(
            result.path("comment"),
            fields.body().path("comment"),
            result.path("reason"),
            result.path("notes"),
            fields.body().path("reason"))) {
      if (place.isTextual() && !place.textValue().isBlank()) {
        if (place.textValue().length() > COMMENT || place.textValue().indexOf('\0') >= 0) {
          throw Problem.invalid(
              "comment", "may have " + COMMENT + " characters, none of them NUL.");
        }
        return Optional.of(place.textValue());
      }
    }
    return Optional.empty();
  }

  /** {@code data} and every other key, wherever the client put them; none is dropped. */
  private ObjectNode answerFields(ObjectNode result) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    fields.body().properties().stream()
        .filter(p -> !CONTROLS.contains(p.getKey()))
        .filter(p -> !Set.of("task_result", "outcome", "comment", "reason").contains(p.getKey()))
        .forEach(p -> answer.set(p.getKey(), p.getValue()));
    JsonNode data = result.path("data");
    if (data.isObject()) {
      answer.setAll((ObjectNode) data);
    }
    result.properties().stream()
        .filter(p -> !Set.of("outcome", "comment").contains(p.getKey()))
        .filter(p -> !(p.getKey().equals("data") && p.getValue().isObject()))
        .forEach(p -> answer.set(p.getKey(), p.getValue()));
    return answer;
  }

  private static Optional<String> text(ObjectNode node, String name) {
    JsonNode value = node.path(name);
    if (value.isTextual() && value.textValue().length() > 64) {
      throw Problem.invalid(name, "may have 64 characters.");
    }
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }
}
