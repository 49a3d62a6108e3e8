package dev.axme.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.IntentEvent;
import dev.axme.core.Notice;
import dev.axme.core.Result;
import dev.axme.core.Work;
import java.util.List;

/**
 * How events, authors and outcomes are stored: JSON with a type and a version in each event's name.
 * What is written here is read for years: golden files pin it, and a changed event gets a new name
 * beside the old one.
 */
final class LogCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(CoreTypes.module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(IntentEvent.class, EventNames.class)
          .addMixIn(Result.class, ResultNames.class)
          .addMixIn(Assignee.class, AssigneeNames.class)
          .addMixIn(Work.class, WorkNames.class)
          .addMixIn(Notice.Fate.class, FateNames.class)
          .addMixIn(Memo.class, MemoNames.class)
          .build();

  private static final ObjectWriter EVENT = JSON.writerFor(IntentEvent.class);
  private static final ObjectReader READ_EVENTS =
      JSON.readerFor(new TypeReference<List<IntentEvent>>() {});
  private static final ObjectReader READ_ASSIGNEES =
      JSON.readerFor(new TypeReference<List<Assignee>>() {});
  private static final ObjectWriter MEMO = JSON.writerFor(Memo.class);
  private static final ObjectReader READ_MEMO = JSON.readerFor(Memo.class);
  private static final ObjectReader READ_AUTHOR = JSON.readerFor(Author.class);

  private LogCodec() {}

  static String events(List<IntentEvent> events) {
    JsonText out = new JsonText();
    EventWriter writer = new EventWriter(out);
    out.open('[');
    for (IntentEvent event : events) {
      if (!writer.event(event)) {
        out.raw(reflected(event));
      }
    }
    out.close(']');
    return out.toString();
  }

  /** Any event by the mapper, which is what {@link EventWriter} is held to. */
  static String reflected(IntentEvent event) {
    return write(EVENT, event);
  }

  static List<IntentEvent> events(String json) {
    return read(READ_EVENTS, json);
  }

  static String author(Author author) {
    JsonText out = new JsonText();
    new EventWriter(out).author(author);
    return out.toString();
  }

  static Author author(String json) {
    return read(READ_AUTHOR, json);
  }

  static String assignees(List<Assignee> assignees) {
    JsonText out = new JsonText();
    new EventWriter(out).assignees(assignees);
    return out.toString();
  }

  static List<Assignee> assignees(String json) {
    return read(READ_ASSIGNEES, json);
  }

  static String memo(Memo memo) {
    return switch (memo) {
      case Memo.Accepted accepted -> memo(accepted);
      case Memo.StaleGeneration stale -> write(MEMO, stale);
    };
  }

  private static String memo(Memo.Accepted memo) {
    JsonText out = new JsonText();
    out.open('{');
    out.field("type", "accepted.v1");
    out.field("intent", memo.intent().toString());
    out.field("append", memo.append());
    out.open("warnings", '[');
    memo.warnings().forEach(out::element);
    out.close(']');
    out.close('}');
    return out.toString();
  }

  static Memo memo(String json) {
    return read(READ_MEMO, json);
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a value that can be stored: " + value, e);
    }
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // The reader knows the type.
  private static <T> T read(ObjectReader reader, String json) {
    try {
      return reader.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected JSON that this version wrote, found " + json, e);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = IntentEvent.Created.class, name = "created.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Submitted.class, name = "submitted.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Delivered.class, name = "delivered.v1"),
    @JsonSubTypes.Type(value = IntentEvent.TaskOpened.class, name = "task_opened.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Reminded.class, name = "reminded.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Escalated.class, name = "escalated.v1"),
    @JsonSubTypes.Type(value = IntentEvent.TaskDecided.class, name = "task_decided.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Progressed.class, name = "progressed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Transferred.class, name = "transferred.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Parked.class, name = "parked.v1"),
    @JsonSubTypes.Type(value = IntentEvent.StepStarted.class, name = "step_started.v1"),
    @JsonSubTypes.Type(value = IntentEvent.StepAssigned.class, name = "step_assigned.v1"),
    @JsonSubTypes.Type(value = IntentEvent.StepDelayed.class, name = "step_delayed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.StepEnded.class, name = "step_ended.v1"),
    @JsonSubTypes.Type(value = IntentEvent.DeliveryFailed.class, name = "delivery_failed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.PickedUp.class, name = "picked_up.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Completed.class, name = "completed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Failed.class, name = "failed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Canceled.class, name = "canceled.v1"),
    @JsonSubTypes.Type(value = IntentEvent.TimedOut.class, name = "timed_out.v1"),
    @JsonSubTypes.Type(value = IntentEvent.GenerationChanged.class, name = "generation_changed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.ControlsChanged.class, name = "controls_changed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.PolicyChanged.class, name = "policy_changed.v1"),
    @JsonSubTypes.Type(value = IntentEvent.DeadlineMoved.class, name = "deadline_moved.v1"),
    @JsonSubTypes.Type(value = IntentEvent.Notified.class, name = "notified.v1"),
    @JsonSubTypes.Type(value = IntentEvent.LinksRevoked.class, name = "links_revoked.v1")
  })
  private interface EventNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Result.Given.class, name = "given"),
    @JsonSubTypes.Type(value = Result.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = Result.Composed.class, name = "composed")
  })
  private interface ResultNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Assignee.Email.class, name = "email"),
    @JsonSubTypes.Type(value = Assignee.Role.class, name = "role")
  })
  private interface AssigneeNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Work.Agent.class, name = "agent"),
    @JsonSubTypes.Type(value = Work.Human.class, name = "human"),
    @JsonSubTypes.Type(value = Work.Delay.class, name = "delay"),
    @JsonSubTypes.Type(value = Work.Notification.class, name = "notification"),
    @JsonSubTypes.Type(value = Work.Escalation.class, name = "escalation"),
    @JsonSubTypes.Type(value = Work.Configure.class, name = "configure"),
    @JsonSubTypes.Type(value = Work.Nothing.class, name = "nothing")
  })
  private interface WorkNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Notice.Fate.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = Notice.Fate.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Notice.Fate.Skipped.class, name = "skipped"),
    @JsonSubTypes.Type(value = Notice.Fate.Seen.class, name = "seen")
  })
  private interface FateNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Memo.Accepted.class, name = "accepted.v1"),
    @JsonSubTypes.Type(value = Memo.StaleGeneration.class, name = "stale_generation.v1")
  })
  private interface MemoNames {}
}
