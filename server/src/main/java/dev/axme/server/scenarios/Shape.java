package dev.axme.server.scenarios;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The parts of a bundle and every field that is known there (protocol section 5.1), with its
 * limits. The reader takes limits from here, warns of every key that is not here, and the document
 * of scenarios is compared with it.
 *
 * @param place where it stands in a bundle; empty for the bundle itself
 * @param fields its fields by name, in the protocol's order
 */
public record Shape(String place, SequencedMap<String, Field> fields) {
  static final Shape BUNDLE =
      of(
          "",
          Field.text("scenario_id", 255),
          Field.text("title", 255),
          Field.text("description", 1_000),
          Field.text("idempotency_key", 255),
          Field.list("agents", 50),
          Field.list("humans", 20),
          Field.object("workflow"),
          Field.object("intent"));
  static final Shape AGENT =
      of(
          "agents[]",
          Field.text("role", 100),
          Field.text("address", 383),
          Field.text("display_name", 120),
          Field.text("delivery_mode", 64),
          Field.text("callback_url", 2_000),
          Field.flag("create_if_missing"));
  static final Shape HUMAN =
      of(
          "humans[]",
          Field.text("role", 100),
          Field.text("contact", 254),
          Field.text("display_name", 120));
  static final Shape WORKFLOW =
      of(
          "workflow",
          Field.text("macro_id", 100),
          Field.object("parameters"),
          Field.text("entry_step", 100),
          Field.list("steps", 100));
  static final Shape PARAMETERS =
      of(
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
          Field.text("escalate_to", 383));
  static final Shape STEP =
      of(
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
          Field.ignored("outcome"));
  static final Shape RETRY =
      of(
          "workflow.steps[].retry",
          Field.whole("max_retries", 1_000),
          Field.seconds("retry_delay_seconds"));
  static final Shape DELAY =
      of("workflow.steps[].config (delay)", Field.seconds("seconds"), Field.text("reason", 2_000));
  static final Shape NOTIFICATION =
      of(
          "workflow.steps[].config (notification)",
          Field.any("channels"),
          Field.any("to"),
          Field.any("subject"),
          Field.any("body"));
  static final Shape ESCALATION =
      of("workflow.steps[].config (escalation)", Field.text("escalate_to", 383));
  static final Shape REMINDER =
      of(
          "workflow.steps[].config (reminder)",
          Field.seconds("remind_after_seconds"),
          Field.seconds("remind_interval_seconds"),
          Field.whole("max_reminders", 1_000),
          Field.text("escalate_to", 383));
  static final Shape TIMEOUT = of("workflow.steps[].config (timeout)", Field.seconds("seconds"));
  static final Shape TASK =
      of(
          "human_task",
          Field.text("title", 255),
          Field.text("description", 2_000),
          Field.text("task_type", 64),
          Field.list("allowed_outcomes", 20),
          Field.flag("required_comment"),
          Field.flag("evidence_required"),
          Field.list("assignees", 20),
          Field.object("form_schema"),
          Field.text("notify_email", 254));
  static final Shape INTENT =
      of(
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

  /** All of them, from the outside in. */
  public static final List<Shape> ALL =
      List.of(
          BUNDLE,
          AGENT,
          HUMAN,
          WORKFLOW,
          PARAMETERS,
          STEP,
          RETRY,
          DELAY,
          NOTIFICATION,
          ESCALATION,
          REMINDER,
          TIMEOUT,
          TASK,
          INTENT);

  public Shape {
    fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
  }

  private static Shape of(String place, Field... fields) {
    SequencedMap<String, Field> byName = new LinkedHashMap<>();
    Arrays.stream(fields).forEach(f -> byName.put(f.name(), f));
    return new Shape(place, byName);
  }

  Field field(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalStateException("Expected a field " + name + " of " + place);
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
    /** Whatever it is, it is kept and read when it is needed; what cannot be meant says nothing. */
    ANY,
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

    static Field any(String name) {
      return new Field(name, Kind.ANY, 0);
    }

    static Field ignored(String name) {
      return new Field(name, Kind.IGNORED, 0);
    }
  }
}
