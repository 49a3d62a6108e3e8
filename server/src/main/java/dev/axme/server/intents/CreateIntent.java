package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Moment;
import dev.axme.core.ReminderPlan;
import dev.axme.core.RootId;
import dev.axme.core.Scenario;
import dev.axme.core.TaskDraft;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Known;
import dev.axme.server.identity.Recipient;
import dev.axme.server.traces.Traces;
import dev.axme.store.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code POST /v1/intents}: a body becomes a command (sections 2.1, 3.1, 6.7). */
public final class CreateIntent {
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Pattern SPEC_TYPE = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)+\\.v[0-9]+");
  private static final int ADDRESS = 383;
  private static final int DEFAULT_REMINDERS = 3;

  private static final Map<String, String> ALIASES =
      Map.of(
          "intentType", "intent_type",
          "type", "intent_type",
          "toAgent", "to_agent",
          "to", "to_agent",
          "fromAgent", "from_agent",
          "correlationId", "correlation_id",
          "replyTo", "reply_to");
  private static final Set<String> KNOWN =
      Set.of(
          "intent_type",
          "correlation_id",
          "from_agent",
          "to_agent",
          "payload",
          "reply_to",
          "deadline_at",
          "ttl_seconds",
          "remind_after_seconds",
          "remind_interval_seconds",
          "max_reminders",
          "escalate_to",
          "max_delivery_attempts",
          "human_task",
          "idempotency_key",
          "metadata",
          "owner_agent");

  private final Caller caller;
  private final Known known;
  private final int maxPayload;
  private final Fields fields;
  private final List<String> warnings = new ArrayList<>();

  CreateIntent(Call call, Known known, int maxPayload) {
    this(call.caller(), unaliased(call.json()), known, maxPayload);
  }

  /** An intent from whatever stands for a body. */
  public CreateIntent(Caller caller, ObjectNode body, Known known, int maxPayload) {
    this.caller = caller;
    this.known = known;
    this.maxPayload = maxPayload;
    this.fields = new Fields(body);
  }

  /** The payloads that the command names. */
  public List<Blob> blobs() {
    return fields.blobs();
  }

  /** What the answer says beside the outcome. */
  public List<String> warnings() {
    return warnings;
  }

  private static ObjectNode unaliased(ObjectNode body) {
    ALIASES.forEach(
        (alias, name) -> {
          JsonNode value = body.get(alias);
          // "type" and "to" are words that a body with business fields at its top may use too.
          if (value != null && !body.has(name)) {
            body.set(name, value);
            body.remove(alias);
          }
        });
    return body;
  }

  /** Whether it is known whose each address is; else only the directory can tell, on a worker. */
  boolean sure() {
    return Stream.of("to_agent", "reply_to")
        .flatMap(field -> fields.text(ADDRESS, field).stream())
        .flatMap(written -> Addresses.normalise(written, caller.workspace()).stream())
        .allMatch(address -> known.recipient(address).isPresent());
  }

  Submission submission(Call call) {
    var request = RequestKeys.of(call, fields.body());
    IntentId id = new IntentId(newId());
    IntentCommand.Create command = Traces.of(call, command(id, Optional.empty()));
    return new Submission(
        caller.workspaceId(),
        new RootId(id.value()),
        true,
        caller.actor(),
        caller.credential(),
        command,
        fields.blobs(),
        request,
        warnings,
        Optional.empty());
  }

  private static UUID newId() {
    return new Moment(Instant.now(), ThreadLocalRandom.current().nextLong()).id(0);
  }

  /** The command; one that runs a workflow asks people in its steps, and has no task itself. */
  public IntentCommand.Create command(IntentId id, Optional<Scenario> scenario) {
    String type = type();
    String written = fields.text(ADDRESS, "to_agent").orElse("agent://" + Addresses.CORE);
    Address address = Receivers.address("to_agent", written, caller);
    Recipient recipient = Receivers.recipient(address, known);
    Mailbox to = Receivers.mailbox("to_agent", address, recipient);
    boolean registered = known.agent(address) || recipient instanceof Recipient.Elsewhere;
    ObjectNode content = content();
    Blob payload = payload(content);
    Optional<Assignee> addressed = registered ? Optional.empty() : known.assignee(written);
    Optional<TaskDraft> task =
        scenario.flatMap(Scenario::workflow).isPresent()
            ? Optional.empty()
            : task(type, written, addressed, content, payload);
    if (task.isEmpty() && !registered && !Addresses.core(written)) {
      warnings.add(
          written + " is not registered here: the intent waits in that address's mailbox.");
    }
    IntentRequest request =
        new IntentRequest(
            type,
            caller.address(),
            fields.text(ADDRESS, "from_agent"),
            to,
            written,
            registered,
            correlation(),
            payload.payload(),
            fields.object("metadata").map(fields::payload),
            replyTo(),
            fields.number("max_delivery_attempts", 1, 1_000).orElse(3),
            reminders(),
            Optional.empty());
    return new IntentCommand.Create(id, request, deadline(), task, scenario);
  }

  private String type() {
    String type =
        fields
            .text(255, "intent_type")
            .orElseThrow(
                () -> Problem.invalid("intent_type", "is missing: say what kind of intent it is."));
    if (!TYPE.matcher(type).matches()) {
      throw Problem.invalid(
          "intent_type", "may consist of letters, digits, dots, hyphens and underscores.");
    }
    if (!SPEC_TYPE.matcher(type).matches() && !human(type)) {
      warnings.add("intent_type " + type + " is not of the form area.name.v1; it is accepted.");
    }
    return type;
  }

  private static boolean human(String type) {
    return type.equals("human_approval")
        || type.startsWith("human_approval.")
        || type.startsWith("human.");
  }

  private Optional<Mailbox> replyTo() {
    return fields
        .text(ADDRESS, "reply_to")
        .map(r -> Receivers.address("reply_to", r, caller))
        .map(address -> Receivers.mailbox("reply_to", address, known));
  }

  /** Unknown keys at the top of the body are business fields: they belong to the payload. */
  private ObjectNode content() {
    ObjectNode payload = fields.object("payload").orElseGet(Json::object);
    fields
        .body()
        .properties()
        .forEach(
            p -> {
              if (!KNOWN.contains(p.getKey()) && !payload.has(p.getKey())) {
                payload.set(p.getKey(), p.getValue());
              }
            });
    return payload;
  }

  private Blob payload(ObjectNode content) {
    Blob blob = Blob.of(Json.bytes(content));
    if (blob.bytes().length > maxPayload) {
      throw new Problem(
          413,
          "payload_too_large",
          "The payload has %d bytes and may have %d. Send a link to large data."
              .formatted(blob.bytes().length, maxPayload));
    }
    fields.blobs().add(blob);
    return blob;
  }

  private UUID correlation() {
    Optional<String> text = fields.text(64, "correlation_id");
    try {
      return text.map(UUID::fromString).orElseGet(CreateIntent::newId);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("correlation_id", "must be a UUID; leave it out to get one.");
    }
  }

  private DeadlineRule deadline() {
    Optional<Instant> at = fields.instant("deadline_at");
    Optional<Duration> in = fields.seconds("ttl_seconds");
    if (at.isPresent() && in.isPresent()) {
      throw Problem.invalid("deadline_at", "and ttl_seconds are both given; send one of them.");
    }
    return at.<DeadlineRule>map(DeadlineRule.At::new)
        .or(() -> in.map(DeadlineRule.In::new))
        .orElseGet(DeadlineRule.Keep::new);
  }

  private Optional<ReminderPlan> reminders() {
    Optional<Duration> after = fields.seconds("remind_after_seconds");
    Optional<Duration> every = fields.seconds("remind_interval_seconds");
    int max = fields.number("max_reminders", 0, 1_000).orElse(0);
    Optional<String> escalateTo = fields.text(ADDRESS, "escalate_to");
    Optional<Duration> first = after.or(() -> every);
    if (first.isEmpty()) {
      escalateTo.ifPresent(
          e -> warnings.add("escalate_to needs remind_after_seconds to say when; it is ignored."));
      return Optional.empty();
    }
    return Optional.of(
        new ReminderPlan(
            first.get(),
            every.orElse(first.get()),
            max == 0 ? DEFAULT_REMINDERS : max,
            escalateTo.map(e -> new TaskReader(known, warnings).assignee(e))));
  }

  private Optional<TaskDraft> task(
      String type, String written, Optional<Assignee> addressed, ObjectNode content, Blob payload) {
    Optional<ObjectNode> given = fields.object("human_task");
    if (given.isEmpty() && !human(type) && addressed.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode task = given.orElseGet(Json::object);
    JsonNode description = content.path("description");
    if (given.isEmpty() && description.isTextual()) {
      String text = description.textValue();
      task.put("description", text.length() <= 2_000 ? text : text.substring(0, 2_000));
    }
    TaskDraft draft =
        new TaskReader(known, warnings)
            .read(task, title(type, content), addressed, payload, fields);
    if (draft.assignees().isEmpty() && !Addresses.core(written) && !written.equals("human")) {
      warnings.add(
          "Nobody here is called "
              + written
              + " and no role is: everybody who may decide in this workspace is asked.");
    }
    return Optional.of(draft);
  }

  /** The payload's own words, else the type's. */
  private String title(String type, JsonNode payload) {
    for (String name : List.of("title", "task", "summary")) {
      JsonNode text = payload.path(name);
      if (text.isTextual() && !text.textValue().isBlank()) {
        return text.textValue().strip();
      }
    }
    if (fields.has("human_task")) {
      return TaskReader.UNTITLED;
    }
    String words = type.replaceAll("\\.v[0-9]+$", "").replaceAll("[._-]+", " ").strip();
    return words.isEmpty() ? type : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
