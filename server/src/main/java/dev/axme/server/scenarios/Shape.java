package dev.axme.server.scenarios;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The parts of a bundle and every field that is known there (protocol section 5.1), with its
 * limits. The reader takes limits from here, warns of every key that is not here, and the document
 * of scenarios is compared with it.
 */
public enum Shape {
  BUNDLE(
      "",
      Field.text("scenario_id", 255),
      Field.text("title", 255),
      Field.text("description", 1_000),
      Field.text("idempotency_key", 255),
      Field.list("agents", 50),
      Field.list("humans", 20),
      Field.object("workflow"),
      Field.object("intent")),
  AGENT(
      "agents[]",
      Field.text("role", 100),
      Field.text("address", 383),
      Field.text("display_name", 120),
      Field.text("delivery_mode", 64),
      Field.text("callback_url", 2_000),
      Field.flag("create_if_missing")),
  HUMAN(
      "humans[]",
      Field.text("role", 100),
      Field.text("contact", 254),
      Field.text("display_name", 120)),
  WORKFLOW(
      "workflow",
      Field.text("macro_id", 100),
      Field.object("parameters"),
      Field.text("entry_step", 100),
      Field.list("steps", 100)),
  PARAMETERS(
      "workflow.parameters",
      Field.text("agent", 100),
      Field.text("approver", 100),
      Field.text("title", 255),
      Field.text("description", 2_000),
      Field.text("task_type", 64),
      Field.seconds("agent_deadline_seconds"),
      Field.seconds("step_deadline_seconds"),
      Field.seconds("remind_after_seconds"),
      Field.seconds("remind_interval_seconds"),
      Field.whole("max_reminders", 1_000),
      Field.text("escalate_to", 383)),
  STEP(
      "workflow.steps[]",
      Field.text("step_id", 100),
      Field.text("tool_id", 255),
      Field.text("runtime_type", 64),
      Field.object("runtime_config"),
      Field.object("config"),
      Field.text("assigned_to", 383),
      Field.object("input"),
      Field.flag("requires_approval"),
      Field.seconds("step_deadline_seconds"),
      Field.object("retry"),
      Field.seconds("remind_after_seconds"),
      Field.seconds("remind_interval_seconds"),
      Field.whole("max_reminders", 1_000),
      Field.text("escalate_to", 383),
      Field.object("human_task"),
      Field.text("on_success", 100),
      Field.text("on_failure", 100),
      Field.ignored("label"),
      Field.ignored("description"),
      Field.ignored("outcome")),
  RETRY(
      "workflow.steps[].retry",
      Field.whole("max_retries", 1_000),
      Field.seconds("retry_delay_seconds")),
  DELAY("workflow.steps[].config (delay)", Field.seconds("seconds"), Field.text("reason", 2_000)),
  NOTIFICATION(
      "workflow.steps[].config (notification)",
      Field.ignored("channels"),
      Field.ignored("to"),
      Field.ignored("subject"),
      Field.ignored("body")),
  ESCALATION("workflow.steps[].config (escalation)", Field.text("escalate_to", 383)),
  REMINDER(
      "workflow.steps[].config (reminder)",
      Field.seconds("remind_after_seconds"),
      Field.seconds("remind_interval_seconds"),
      Field.whole("max_reminders", 1_000),
      Field.text("escalate_to", 383)),
  TIMEOUT("workflow.steps[].config (timeout)", Field.seconds("seconds")),
  TASK(
      "human_task",
      Field.text("title", 255),
      Field.text("description", 2_000),
      Field.text("task_type", 64),
      Field.list("allowed_outcomes", 20),
      Field.flag("required_comment"),
      Field.flag("evidence_required"),
      Field.list("assignees", 20),
      Field.object("form_schema"),
      Field.text("notify_email", 254)),
  INTENT(
      "intent",
      Field.text("type", 255),
      Field.object("payload"),
      Field.text("deadline_at", 64),
      Field.seconds("deadline_seconds"),
      Field.seconds("ttl_seconds"),
      Field.seconds("remind_after_seconds"),
      Field.seconds("remind_interval_seconds"),
      Field.whole("max_reminders", 1_000),
      Field.text("escalate_to", 383),
      Field.whole("max_delivery_attempts", 1_000),
      Field.object("human_task"),
      Field.text("reply_to", 383));

  private final String place;
  private final SequencedMap<String, Field> fields = new LinkedHashMap<>();

  Shape(String place, Field... fields) {
    this.place = place;
    Arrays.stream(fields).forEach(f -> this.fields.put(f.name(), f));
  }

  /** Where it stands in a bundle; empty for the bundle itself. */
  public String place() {
    return place;
  }

  /** Its fields by name, in the protocol's order. */
  public SequencedMap<String, Field> fields() {
    return Collections.unmodifiableSequencedMap(fields);
  }

  Field field(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalStateException("Expected a field " + name + " of " + this);
    }
    return field;
  }

  /** What a field holds. */
  public enum Kind {
    TEXT,
    WHOLE,
    /** A whole number of seconds; 0 counts as not given. */
    SECONDS,
    FLAG,
    OBJECT,
    LIST,
    /** Known, and of no consequence here. */
    IGNORED
  }

  /** A field; {@code most} is how many characters or entries it may have, or its largest value. */
  public record Field(String name, Kind kind, int most) {
    static Field text(String name, int most) {
      return new Field(name, Kind.TEXT, most);
    }

    static Field whole(String name, int most) {
      return new Field(name, Kind.WHOLE, most);
    }

    static Field seconds(String name) {
      return new Field(name, Kind.SECONDS, Integer.MAX_VALUE);
    }

    static Field flag(String name) {
      return new Field(name, Kind.FLAG, 0);
    }

    static Field object(String name) {
      return new Field(name, Kind.OBJECT, 0);
    }

    static Field list(String name, int most) {
      return new Field(name, Kind.LIST, most);
    }

    static Field ignored(String name) {
      return new Field(name, Kind.IGNORED, 0);
    }
  }
}
