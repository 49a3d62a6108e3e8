package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Phase;
import dev.axme.core.Result;
import dev.axme.core.Root;
import dev.axme.core.Status;
import dev.axme.core.Work;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Caller;
import dev.axme.server.traces.Traces;
import java.time.Instant;
import java.util.Optional;

/** What clients see of an intent (section 2.3). Everything here follows from the log alone. */
public final class Wire {
  private final Bodies bodies;

  public Wire(Bodies bodies) {
    this.bodies = bodies;
  }

  /**
   * {@code {"ok":true,"intent":{...}}}, with the five fields that old clients read at the top.
   *
   * @param home the workspace that it was sent from
   */
  ObjectNode answer(Root root, Intent intent, Caller caller, WorkspaceId home, Instant now) {
    ObjectNode view = intent(intent);
    if (intent.run().isPresent()) {
      view.set("steps", new Steps(bodies, this).list(intent, root));
    }
    if (intent.lastTask().isEmpty() && intent.run().isEmpty()) {
      view.put("delivery_attempt", intent.deliveryAttempt(now));
    }
    view.put("org_id", caller.workspace().organization().id().toString());
    view.put("workspace_id", home.toString());
    ObjectNode answer = Json.ok();
    answer.set("intent", view);
    for (String mirrored :
        new String[] {"intent_id", "intent_type", "status", "payload", "result"}) {
      JsonNode value = view.get(mirrored);
      if (value != null) {
        answer.set(mirrored, value);
      }
    }
    return answer;
  }

  ObjectNode intent(Intent intent) {
    IntentRequest request = intent.request();
    ObjectNode view = head(intent);
    view.put("correlation_id", request.correlation().toString());
    view.set("payload", payload(intent));
    Traces.parent(intent).ifPresent(p -> view.put("traceparent", p.toString()));
    request.claimedFrom().ifPresent(f -> view.put("requested_from_agent", f));
    request.metadata().ifPresent(m -> view.set("metadata", bodies.json(m)));
    request.replyTo().ifPresent(r -> view.put("reply_to", r.address().value()));
    view.put("max_delivery_attempts", request.maxDeliveryAttempts());
    intent.delivery().pickedUp().ifPresent(at -> view.put("picked_up_at", at.toString()));
    reminders(intent, view);
    intent.deadline().ifPresent(d -> view.put("deadline_at", d.toString()));
    intent.due().ifPresent(d -> view.put("due_at", d.toString()));
    intent.lastTask().ifPresent(t -> view.set("human_task", task(t)));
    pendingWith(intent).ifPresent(p -> view.set("pending_with", p));
    view.put("policy_generation", intent.generation());
    belonging(intent, view);
    patches(intent, view);
    ending(intent, view);
    return view;
  }

  /** The scenario that it comes from, and the workflow that it is a step of. */
  private static void belonging(Intent intent, ObjectNode view) {
    intent
        .scenario()
        .ifPresent(s -> view.put("scenario_id", s.id()).put("compile_id", s.compile().toString()));
    intent
        .assignment()
        .ifPresent(
            a ->
                view.put("scenario_id", a.scenario())
                    .put("parent_intent_id", a.parent().toString())
                    .put("step_id", a.step().value()));
  }

  /** The fields of a list entry, without anything that must be read from elsewhere. */
  static ObjectNode head(Intent intent) {
    Status status = intent.phase().status();
    ObjectNode view = Json.object();
    view.put("intent_id", intent.id().toString());
    view.put("intent_type", intent.request().type());
    status(view, status);
    Optional<String> reason = waitingReason(intent.phase());
    view.put("waiting_reason", reason.orElse(null));
    view.put("lifecycle_waiting_reason", reason.orElse(null));
    view.put("from_agent", intent.request().from().value());
    view.put("to_agent", intent.request().toAsWritten());
    view.put("created_at", intent.createdAt().toString());
    view.put("updated_at", intent.updatedAt().toString());
    return view;
  }

  static void status(ObjectNode view, Status status) {
    view.put("status", status.name());
    view.put("lifecycle_status", status.name());
    view.put("legacy_status", legacy(status));
  }

  private static String legacy(Status status) {
    return switch (status) {
      case CREATED, SUBMITTED, DELIVERED, ACKNOWLEDGED -> "accepted";
      case IN_PROGRESS -> "running";
      case WAITING -> "blocked";
      case COMPLETED -> "done";
      case FAILED, CANCELED, TIMED_OUT -> "failed";
    };
  }

  static Optional<String> waitingReason(Phase phase) {
    return switch (phase) {
      case Phase.Asked _ -> Optional.of("WAITING_FOR_HUMAN");
      case Phase.Passed _, Phase.Awaiting _ -> Optional.of("WAITING_FOR_AGENT");
      case Phase.Sleeping _ -> Optional.of("WAITING_FOR_TIME");
      case Phase.Mailed _, Phase.InProgress _, Phase.Ended _ -> Optional.empty();
    };
  }

  private static void reminders(Intent intent, ObjectNode view) {
    intent
        .lastTask()
        .flatMap(HumanTask::plan)
        .or(() -> intent.request().reminders())
        .ifPresent(
            plan -> {
              view.put("remind_after_seconds", plan.after().toSeconds());
              view.put("remind_interval_seconds", plan.every().toSeconds());
              view.put("max_reminders", plan.max());
              plan.escalateTo().ifPresent(a -> view.put("escalate_to", a.ref()));
            });
    intent.lastTask().ifPresent(t -> view.put("remind_count", t.reminders()));
  }

  private void patches(Intent intent, ObjectNode view) {
    if (!intent.controls().isEmpty()) {
      ObjectNode controls = view.putObject("controls");
      intent.controls().forEach((key, value) -> controls.set(key, bodies.json(value)));
    }
    if (!intent.policy().isEmpty()) {
      ObjectNode policy = view.putObject("policy");
      intent.policy().forEach((key, value) -> policy.set(key, bodies.json(value)));
    }
  }

  private void ending(Intent intent, ObjectNode view) {
    switch (intent.phase()) {
      case Phase.Completed c -> view.set("result", result(intent, c.result()));
      case Phase.Failed f -> {
        f.reason().ifPresent(r -> view.put("reason", r));
        error(intent, f).ifPresent(e -> view.set("error", e));
        f.result().ifPresent(r -> view.set("result", result(intent, Optional.of(r))));
      }
      case Phase.Canceled c -> c.reason().ifPresent(r -> view.put("reason", r));
      case Phase.TimedOut _,
          Phase.Mailed _,
          Phase.InProgress _,
          Phase.Passed _,
          Phase.Asked _,
          Phase.Awaiting _,
          Phase.Sleeping _ -> {}
    }
  }

  /** Why it failed: as the caller said, or that nobody took it (section 1.11). */
  Optional<JsonNode> error(Intent intent, Phase.Failed failed) {
    return intent.delivery().failed()
        ? Optional.of(notDelivered(intent))
        : failed.error().map(bodies::json);
  }

  static ObjectNode notDelivered(Intent intent) {
    return Json.object()
        .put("code", "delivery_failed")
        .put(
            "message",
            "No agent took it from the mailbox of " + undelivered(intent).address() + ".")
        .put("category", "transport")
        .put("retryable", true)
        .put("at", intent.updatedAt().toString());
  }

  /** The mailbox that nobody looked into: a workflow's is that of its last step. */
  private static Mailbox undelivered(Intent intent) {
    return intent
        .run()
        .map(run -> run.step().work())
        .flatMap(w -> w instanceof Work.Agent agent ? Optional.of(agent.to()) : Optional.empty())
        .orElse(intent.delivery().to());
  }

  /** A human task as it was asked, with whom it is given to now. */
  ObjectNode task(HumanTask task) {
    ObjectNode view = (ObjectNode) bodies.json(task.draft().document()).deepCopy();
    view.put("task_id", task.id().toString());
    var assignees = view.putArray("assignees");
    task.assignees().forEach(a -> assignees.add(a.ref()));
    view.put("request_digest", task.draft().shown().hex());
    return view;
  }

  /** What it is about. */
  public JsonNode payload(Intent intent) {
    return new Steps(bodies, this).payload(intent);
  }

  /** The result object; {@code {}} if there is none. */
  public JsonNode result(Intent intent, Optional<Result> result) {
    return result
        .map(r -> r instanceof Result.Composed ? new Steps(bodies, this).result(intent) : result(r))
        .orElseGet(Json::object);
  }

  /** A result that stands by itself. */
  JsonNode result(Result result) {
    return switch (result) {
      case Result.Given given -> bodies.json(given.payload());
      case Result.Decided decided -> decision(decided.decision());
      case Result.Composed _ -> throw new IllegalStateException("Expected a plain result");
    };
  }

  /** A decision as the requester gets it: what the person filled in, then what the server knows. */
  ObjectNode decision(Decision decision) {
    ObjectNode view = Json.object();
    decision
        .fields()
        .map(bodies::json)
        .filter(JsonNode::isObject)
        .ifPresent(f -> view.setAll((ObjectNode) f));
    view.put("outcome", decision.outcome());
    view.put("approved", decision.approved());
    decision.comment().ifPresent(c -> view.put("comment", c));
    view.put("decided_by", decision.by().ref());
    view.put("decided_at", decision.at().toString());
    if (decision.selfApproved()) {
      view.put("self_approved", true);
    }
    decision.shown().ifPresent(d -> view.put("request_digest", d.hex()));
    return view;
  }

  /** Who holds the intent (section 2.8); nobody once it has ended. */
  public static Optional<ObjectNode> pendingWith(Intent intent) {
    return switch (intent.phase()) {
      case Phase.Ended _ -> Optional.empty();
      case Phase.Asked asked -> Optional.of(people(intent, asked.task()));
      case Phase.Awaiting step -> Optional.of(agent(intent, step));
      case Phase.Sleeping _ -> Optional.of(internal());
      case Phase.InProgress _ when intent.run().isPresent() -> Optional.of(internal());
      case Phase.InProgress _ when intent.lastTask().isPresent() -> Optional.of(internal());
      case Phase.Mailed _, Phase.Passed _, Phase.InProgress _ ->
          Optional.of(agent(intent.holder()));
    };
  }

  private static ObjectNode agent(Intent intent, Phase.Awaiting step) {
    String name = intent.run().orElseThrow().nameOf(step.holder());
    return holder("agent", step.holder().address().value(), name);
  }

  private static ObjectNode people(Intent intent, HumanTask task) {
    if (intent.run().isPresent()
        && task.escalatedTo().isEmpty()
        && intent.run().get().step().work() instanceof Work.Human human) {
      return holder("human", human.ref(), human.name());
    }
    String who =
        task.assignees().isEmpty()
            ? "anyone who may decide"
            : String.join(", ", task.assignees().stream().map(Assignee::ref).toList());
    return holder("human", who, who);
  }

  private static ObjectNode agent(Address address) {
    boolean core = Addresses.core(address.value());
    return holder(
        core ? "internal" : "agent",
        core ? "agent://" + Addresses.CORE : address.value(),
        address.name());
  }

  static ObjectNode internal() {
    return holder("internal", "agent://" + Addresses.CORE, Addresses.CORE);
  }

  static ObjectNode holder(String type, String ref, String name) {
    return Json.object().put("type", type).put("ref", ref).put("name", name);
  }
}
