package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A scenario as somebody wrote it (protocol section 5.1), typed. Whether names mean anybody is for
 * {@link Cast} to say, where steps lead for {@link Routing}.
 */
record Bundle(
    String id, List<Agent> agents, List<Human> humans, Optional<Flow> flow, Request intent) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,255}");

  /** An agent's role in the scenario, and the address that fills it. */
  record Agent(
      String place,
      String role,
      String address,
      Optional<String> displayName,
      Optional<String> deliveryMode,
      Optional<String> callbackUrl,
      boolean create) {}

  /** A person's role in the scenario; without a contact it is whoever may decide. */
  record Human(String place, String role, Optional<String> contact, Optional<String> displayName) {
    String name() {
      return displayName.orElse(role);
    }
  }

  /** The steps, in the order in which they stand. */
  record Flow(String place, Optional<String> entry, List<BundleStep> steps) {}

  /** What reminds people, as far as one place says it. */
  record Reminding(
      Optional<Duration> after,
      Optional<Duration> every,
      Optional<Integer> max,
      Optional<String> escalateTo) {
    /** How many reminders there are when nobody says it. */
    static final int STANDARD = 3;

    static Reminding of(Part part) {
      return new Reminding(
          part.seconds("remind_after_seconds"),
          part.seconds("remind_interval_seconds"),
          part.whole("max_reminders"),
          part.text("escalate_to"));
    }

    boolean says() {
      return after.isPresent() || every.isPresent() || max.isPresent() || escalateTo.isPresent();
    }

    /** What this says, and for the rest what {@code other} says. */
    Reminding or(Reminding other) {
      return new Reminding(
          after.or(other::after),
          every.or(() -> after.isPresent() ? Optional.empty() : other.every()),
          max.or(other::max),
          escalateTo.or(other::escalateTo));
    }

    /** The time of the first reminder. */
    Optional<Duration> first() {
      return after.or(this::every);
    }
  }

  /** The intent that is sent. */
  record Request(
      String place,
      String type,
      ObjectNode payload,
      Optional<Instant> deadlineAt,
      Optional<Duration> deadlineIn,
      Reminding reminding,
      Optional<Integer> attempts,
      Optional<ObjectNode> task,
      Optional<String> replyTo) {}

  /** Reads a bundle; without {@code scenario_id} and the like the findings say so. */
  static Bundle read(ObjectNode body, Findings findings) {
    Part part = new Part(body, "", Shape.BUNDLE, findings);
    Optional<String> id =
        part.needed("scenario_id", "name the scenario, such as deploy.approval.v1.");
    if (id.isPresent() && !ID.matcher(id.get()).matches()) {
      part.error(
          "scenario_id",
          "must have 3 to 255 letters, digits, dots, hyphens and underscores, such as"
              + " deploy.approval.v1.");
    }
    part.text("title");
    part.text("description");
    part.text("idempotency_key");
    List<Agent> agents = part.parts("agents", Shape.AGENT).stream().map(Bundle::agent).toList();
    List<Human> humans = part.parts("humans", Shape.HUMAN).stream().map(Bundle::human).toList();
    oneOfEach(agents, humans, findings);
    Optional<Flow> flow =
        part.part("workflow", Shape.WORKFLOW).map(w -> flow(w, agents, humans, findings));
    return new Bundle(id.orElse(""), agents, humans, flow, request(part));
  }

  private static Agent agent(Part part) {
    return new Agent(
        part.place(),
        part.needed("role", "name the part that this agent plays.").orElse(""),
        part.needed("address", "say which agent it is, by its name.").orElse(""),
        part.text("display_name"),
        part.text("delivery_mode"),
        part.text("callback_url"),
        part.flag("create_if_missing"));
  }

  private static Human human(Part part) {
    return new Human(
        part.place(),
        part.needed("role", "name the part that this person plays.").orElse(""),
        part.text("contact"),
        part.text("display_name"));
  }

  private static void oneOfEach(List<Agent> agents, List<Human> humans, Findings findings) {
    Map<String, String> places = new HashMap<>();
    agents.forEach(a -> role(a.role(), a.place(), places, findings));
    humans.forEach(h -> role(h.role(), h.place(), places, findings));
  }

  private static void role(
      String role, String place, Map<String, String> places, Findings findings) {
    String first = role.isEmpty() ? null : places.putIfAbsent(role, place);
    if (first != null) {
      findings.error(
          place + ".role",
          "is " + role + ", as that of " + first + " is: give each a role of its own.");
    }
  }

  private static Flow flow(
      Part workflow, List<Agent> agents, List<Human> humans, Findings findings) {
    Optional<String> macro = workflow.text("macro_id");
    Optional<Part> parameters = workflow.part("parameters", Shape.PARAMETERS);
    List<Part> parts = new ArrayList<>(workflow.parts("steps", Shape.STEP));
    if (macro.isPresent() && !parts.isEmpty()) {
      workflow.error("macro_id", "and steps are both given; send one of them.");
    } else if (macro.isPresent()) {
      parts.addAll(Macros.expand(macro.get(), workflow, parameters, agents, humans, findings));
    } else if (!workflow.has("steps") || workflow.json().path("steps").isEmpty()) {
      workflow.error("steps", "is missing: give 1 to 100 steps, or a macro_id.");
    }
    return new Flow(
        workflow.place(),
        workflow.text("entry_step"),
        parts.stream().map(BundleStep::read).toList());
  }

  private static Request request(Part bundle) {
    Optional<Part> given = bundle.part("intent", Shape.INTENT);
    if (!bundle.has("intent")) {
      bundle.error("intent", "is missing: say what is sent, at least its type.");
    }
    Part intent =
        given.orElseGet(() -> new Part(Json.object(), "intent", Shape.INTENT, new Findings()));
    Optional<String> type =
        intent.needed("type", "say what kind of intent is sent, such as report.build.v1.");
    if (type.isPresent() && !TYPE.matcher(type.get()).matches()) {
      intent.error("type", "may consist of letters, digits, dots, hyphens and underscores.");
    }
    Optional<Instant> at = intent.time("deadline_at");
    Optional<Duration> in = intent.seconds("deadline_seconds");
    Optional<Duration> ttl = intent.seconds("ttl_seconds");
    if (at.isPresent() && (in.isPresent() || ttl.isPresent())) {
      String other = in.isPresent() ? "deadline_seconds" : "ttl_seconds";
      intent.error("deadline_at", "and " + other + " are both given; send one of them.");
    } else if (in.isPresent() && ttl.isPresent()) {
      intent.error("deadline_seconds", "and ttl_seconds are both given; send one of them.");
    }
    Optional<Part> task = intent.part("human_task", Shape.TASK);
    task.ifPresent(Part::look);
    return new Request(
        intent.place(),
        type.orElse(""),
        intent.object("payload").orElseGet(Json::object),
        at,
        in.or(() -> ttl),
        Reminding.of(intent),
        intent.whole("max_delivery_attempts"),
        task.map(Part::json),
        intent.text("reply_to"));
  }
}
