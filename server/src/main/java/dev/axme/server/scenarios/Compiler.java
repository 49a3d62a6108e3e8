package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Moment;
import dev.axme.core.Scenario;
import dev.axme.core.Workflow;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.AgentAccounts;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Known;
import dev.axme.server.intents.CreateIntent;
import dev.axme.server.intents.Fields;
import dev.axme.server.scenarios.Bundle.Reminding;
import dev.axme.server.scenarios.Members.Member;
import dev.axme.store.Blob;
import dev.axme.store.Directory.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * From a bundle to the command that starts it, with the accounts that it needs. Validating is
 * compiling without sending, so that both always say the same. May block, if {@code known} may;
 * forms are hostile, so it belongs on a worker.
 */
final class Compiler {
  private static final String INTENT = "intent";

  private final Caller caller;
  private final Known known;
  private final Limits limits;
  private final Instant now;
  private final Findings findings = new Findings();

  Compiler(Caller caller, Known known, Limits limits, Instant now) {
    this.caller = caller;
    this.known = known;
    this.limits = limits;
    this.now = now;
  }

  /** What a bundle was compiled to. */
  record Compiled(IntentCommand.Create command, List<Blob> blobs, List<Account> newcomers) {}

  Findings findings() {
    return findings;
  }

  /** The command; empty when the findings say what is wrong. */
  Optional<Compiled> compile(ObjectNode body) {
    return compile(Bundle.read(body, findings));
  }

  private Optional<Compiled> compile(Bundle bundle) {
    bundle.agents().forEach(this::callback);
    Cast cast = new Cast(bundle, known, caller.workspace(), findings);
    List<Account> newcomers = new ArrayList<>();
    List<Scenario.Agent> agents = new ArrayList<>();
    for (Member member : cast.members()) {
      Optional<Account> made = member.create() ? Optional.of(account(member)) : Optional.empty();
      made.ifPresent(newcomers::add);
      agents.add(
          new Scenario.Agent(
              member.agent().role(),
              member.address(),
              made.or(member::account).map(Account::id),
              member.create()));
    }
    Known grown = known.with(newcomers);
    Blob payload = Blob.of(Json.bytes(bundle.intent().payload()));
    limit(payload);
    Fields names = new Fields(Json.object());
    Optional<Workflow> workflow =
        bundle
            .flow()
            .flatMap(
                f -> new StepCompiler(cast, grown, bundle, payload, names, findings).compile(f));
    ObjectNode request = request(bundle, cast);
    cast.unused();
    if (!findings.sound()) {
      return Optional.empty();
    }
    Scenario scenario = new Scenario(bundle.id(), newId(), agents, workflow);
    return command(request, scenario, grown)
        .map(
            c -> {
              List<Blob> blobs = new ArrayList<>(c.blobs());
              blobs.addAll(names.blobs());
              return new Compiled(c.command(), blobs, newcomers);
            });
  }

  /** Finds what is wrong, a deadline that is over, too: whoever sends is told that by the rules. */
  void check(ObjectNode body) {
    Bundle bundle = Bundle.read(body, findings);
    compile(bundle);
    bundle
        .intent()
        .deadlineAt()
        .filter(at -> !at.isAfter(now))
        .ifPresent(at -> findings.error("intent.deadline_at", "is over: it is " + now + " now."));
  }

  private void callback(Bundle.Agent agent) {
    agent
        .callbackUrl()
        .flatMap(limits.callbacks()::refusal)
        .ifPresent(why -> findings.error(agent.place() + ".callback_url", why));
  }

  private Account account(Member member) {
    Bundle.Agent agent = member.agent();
    return AgentAccounts.of(
        caller.workspace(),
        new AgentAccounts.Draft(
            agent.address(), agent.displayName(), agent.deliveryMode(), agent.callbackUrl()),
        caller,
        now);
  }

  private void limit(Blob payload) {
    int size = payload.bytes().length;
    if (size > limits.maxPayload()) {
      String said =
          "intent.payload has %d bytes and may have %d; send a link to large data."
              .formatted(size, limits.maxPayload());
      findings.error(new Problem(413, "payload_too_large", said));
    }
  }

  /** The intent as {@code POST /v1/intents} would take it. */
  private ObjectNode request(Bundle bundle, Cast cast) {
    Bundle.Request intent = bundle.intent();
    ObjectNode body = Json.object().put("intent_type", intent.type());
    boolean direct = bundle.flow().isEmpty() && intent.task().isPresent();
    Optional<Member> first = bundle.flow().isEmpty() && !direct ? cast.first() : Optional.empty();
    body.put("to_agent", first.map(m -> m.address().value()).orElse("agent://" + Addresses.CORE));
    body.set("payload", intent.payload());
    intent.deadlineAt().ifPresent(at -> body.put("deadline_at", at.toString()));
    intent.deadlineIn().ifPresent(in -> body.put("ttl_seconds", in.toSeconds()));
    intent.attempts().ifPresent(n -> body.put("max_delivery_attempts", n));
    intent.replyTo().ifPresent(to -> body.put("reply_to", to));
    reminders(bundle, cast, body);
    if (direct) {
      body.set("human_task", cast.cast(intent.task().orElseThrow()));
    } else if (intent.task().isPresent()) {
      findings.warning(
          "intent.human_task", "is ignored beside a workflow; give its steps a human_task.");
    }
    return body;
  }

  private void reminders(Bundle bundle, Cast cast, ObjectNode body) {
    Reminding said = bundle.intent().reminding();
    said.after().map(Duration::toSeconds).ifPresent(s -> body.put("remind_after_seconds", s));
    said.every().map(Duration::toSeconds).ifPresent(s -> body.put("remind_interval_seconds", s));
    said.max().ifPresent(n -> body.put("max_reminders", n));
    if (said.escalateTo().isEmpty()) {
      return;
    }
    String to = cast.contact(said.escalateTo().get());
    boolean inSteps =
        bundle.flow().stream()
            .flatMap(f -> f.steps().stream())
            .anyMatch(s -> s.reminding().first().isPresent());
    if (said.first().isPresent()) {
      body.put("escalate_to", to);
    } else if (!inSteps) {
      findings.warning(
          "intent.escalate_to", "needs remind_after_seconds to say when; it is ignored.");
    }
  }

  private record Made(IntentCommand.Create command, List<Blob> blobs) {}

  private Optional<Made> command(ObjectNode request, Scenario scenario, Known grown) {
    CreateIntent create = new CreateIntent(caller, request, grown, limits.maxPayload());
    try {
      IntentCommand.Create command = create.command(new IntentId(newId()), Optional.of(scenario));
      return Optional.of(new Made(command, create.blobs()));
    } catch (Problem e) {
      findings.error(INTENT, e);
      return Optional.empty();
    } finally {
      create.warnings().forEach(w -> findings.warning(INTENT + ": " + w));
    }
  }

  private static UUID newId() {
    return new Moment(Instant.now(), ThreadLocalRandom.current().nextLong()).id(0);
  }
}
