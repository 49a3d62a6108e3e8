package dev.axme.server.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.channels.http.Outbound;
import dev.axme.channels.http.Outcome;
import dev.axme.channels.http.Post;
import dev.axme.core.Actor;
import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.engine.Attempt;
import dev.axme.engine.Attempt.Result;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.engine.Submission;
import dev.axme.server.http.Json;
import dev.axme.server.intents.Handover;
import dev.axme.server.outbox.Orders;
import dev.axme.server.outbox.Signature;
import dev.axme.server.traces.Traces;
import dev.axme.store.Directory.Account;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pushes work to an agent's own endpoint. Any 2xx means that the agent has it; that is committed
 * before the parcel is settled, so that a server that is killed in between sends it once more. What
 * has ended, was handed on or was taken otherwise meanwhile is not sent.
 */
final class PushChannel implements Channel {
  private static final List<Duration> LADDER =
      List.of(Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(600));
  private static final double JITTER = 0.1;
  private static final long MOST_PAYLOAD = 4L << 20;

  private final Store store;
  private final Outbound outbound;
  private final Orders orders;

  PushChannel(Store store, Outbound outbound, Engine engine) {
    this.store = store;
    this.outbound = outbound;
    this.orders = new Orders(engine);
  }

  @Override
  public String name() {
    return PushBody.CHANNEL;
  }

  /** One agent's pushes begin in the order of its mailbox. */
  @Override
  public int atOnce() {
    return 1;
  }

  @Override
  public Attempt send(Parcel parcel, int number) {
    PushBody body = PushBody.of(parcel);
    Optional<Account> account = store.directory().account(parcel.destination());
    Optional<Intent> intent = store.root(body.place()).intent(body.intent());
    if (account.filter(PushChannel::pushed).isEmpty() || intent.isEmpty()) {
      return nothing("not pushed: the agent is not pushed to any more");
    }
    Optional<String> over =
        Waiting.over(account.get().address(), intent.get(), body.at(), wantedAgain(parcel));
    if (over.isPresent()) {
      return nothing(over.get());
    }
    Outcome outcome = outbound.post(post(parcel, body, account.get(), intent.get(), number));
    return attempt(outcome, body, account.get());
  }

  private static boolean pushed(Account account) {
    return account.status().equals("active")
        && account.deliveryMode().equals("http")
        && account.callbackUrl().isPresent();
  }

  /** Whether it arrived before, so that somebody must have asked for it again. */
  private boolean wantedAgain(Parcel parcel) {
    return parcel.tries() == 0
        && store.outbox().attempts(parcel.workspace(), parcel.id()).stream()
            .anyMatch(t -> t.result().equals(Result.DONE.name()));
  }

  private static Attempt nothing(String why) {
    return new Attempt(Result.DONE, 0, Duration.ZERO, why);
  }

  private Post post(Parcel parcel, PushBody body, Account account, Intent intent, int number) {
    Handover handover = new Handover(store, body.place(), intent);
    ObjectNode json = handover.to(account.address(), number);
    json.put("delivery_id", parcel.id().toString());
    String text = Json.text(handover.withPayload(json, MOST_PAYLOAD));
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    account.webhookSecret().ifPresent(s -> headers.put(Signature.HEADER, Signature.of(s, text)));
    headers.put("X-Axme-Delivery", parcel.id().toString());
    headers.putAll(Traces.headers(intent));
    headers.putIfAbsent("X-Trace-Id", intent.request().correlation().toString());
    return new Post(account.callbackUrl().orElseThrow(), headers, text);
  }

  private Attempt attempt(Outcome outcome, PushBody body, Account account) {
    return switch (outcome) {
      case Outcome.Answered a when a.ok() -> {
        boolean kept =
            orders.carriedOut(
                Submission.seen(
                    new Actor.Agent(account.address()),
                    body.place(),
                    new IntentCommand.PickUp(body.intent(), account.address())));
        yield kept
            ? new Attempt(Result.DONE, a.status(), a.took(), a.text())
            : new Attempt(
                Result.FAILED, a.status(), a.took(), "it arrived, but the store is away: again");
      }
      case Outcome.Answered a -> new Attempt(Result.FAILED, a.status(), a.took(), a.text());
      case Outcome.Failed f -> new Attempt(result(f.cause()), 0, f.took(), f.why());
    };
  }

  /** A refusal by rule is tried again, too: names and rules change, and the agent can move. */
  private static Result result(Outcome.Cause cause) {
    return switch (cause) {
      case UNREACHABLE, TIMED_OUT -> Result.UNREACHABLE;
      case REFUSED, CERTIFICATE, NOT_HTTP -> Result.FAILED;
    };
  }

  /** As the protocol's ladder says, a little later for some than for others. */
  @Override
  public Optional<Duration> pause(Parcel parcel, int failures) {
    if (failures >= PushBody.of(parcel).attempts()) {
      return Optional.empty();
    }
    Duration step = LADDER.get(Math.clamp(failures - 1, 0, LADDER.size() - 1));
    double more = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
    return Optional.of(Duration.ofMillis(Math.round(step.toMillis() * more)));
  }

  /** The intent fails, unless somebody else took it in time. */
  @Override
  public void exhausted(Parcel parcel, Attempt last) {
    PushBody body = PushBody.of(parcel);
    Optional<Account> account = store.directory().account(parcel.destination());
    Optional<Intent> intent = store.root(body.place()).intent(body.intent());
    if (account.isPresent()
        && intent.isPresent()
        && Waiting.over(account.get().address(), intent.get(), body.at(), false).isEmpty()) {
      orders.carryOut(
          Submission.own(body.place(), new IntentCommand.GiveUp(body.intent(), body.at())));
    }
  }
}
