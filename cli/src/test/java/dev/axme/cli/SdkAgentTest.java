package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.cli.RealServer.Running;
import dev.axme.sdk.AgentKey;
import dev.axme.sdk.Applied;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Decision;
import dev.axme.sdk.Deliveries;
import dev.axme.sdk.Delivery;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.NewAgentKey;
import dev.axme.sdk.Result;
import dev.axme.sdk.Sent;
import dev.axme.sdk.ServiceAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Agents made with the Java client, against a real server in a process of its own. */
@Timeout(120)
@ExtendWith(RealServer.class)
class SdkAgentTest {
  private static final AtomicInteger AGENTS = new AtomicInteger();

  @TempDir private Path data;

  /** An agent of its own, so that its mailbox is its own. */
  private record Bot(ServiceAccount account, NewAgentKey key, AxmeClient client) {
    static Bot at(Serving server) {
      AxmeClient owner = SdkAgentTest.client(server, server.apiKey().orElseThrow());
      ServiceAccount account =
          owner.directory().createAccount("sdk-bot-" + AGENTS.incrementAndGet());
      NewAgentKey key = owner.directory().createKey(account.id());
      return new Bot(account, key, SdkAgentTest.client(server, key.secret()));
    }

    Deliveries listen() {
      return client.listen(account.address());
    }
  }

  private static AxmeClient client(Serving server, String key) {
    return AxmeClient.builder().baseUrl(server.baseUrl()).apiKey(key).build();
  }

  private static UUID send(AxmeClient from, Bot to, int number) {
    IntentRequest request =
        IntentRequest.builder("work.do.v1")
            .to(to.account().address())
            .payload("number", number)
            .build();
    return from.send(request).intentId();
  }

  private static List<UUID> take(BlockingQueue<UUID> heard, int count) throws Exception {
    List<UUID> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(heard.poll(30, TimeUnit.SECONDS));
    }
    return taken;
  }

  @Test
  void aKilledServerCostsAListenerNothingAndRepeatsNothing() throws Exception {
    DemoServer server = DemoServer.start(data, 0);
    AxmeClient requester = client(server.serving(), server.serving().agentApiKey().orElseThrow());
    Bot bot = Bot.at(server.serving());
    BlockingQueue<UUID> heard = new LinkedBlockingQueue<>();
    CompletableFuture<Void> listening;
    try (Deliveries deliveries = bot.listen()) {
      listening =
          CompletableFuture.runAsync(() -> deliveries.forEach(work -> heard.add(work.intentId())));
      List<UUID> before = IntStream.range(0, 3).mapToObj(n -> send(requester, bot, n)).toList();
      assertThat(take(heard, 3)).isEqualTo(before);

      for (int round = 0; round < 2; round++) {
        assertThat(server.kill()).isTrue();
        server = DemoServer.start(data, server.port());
        UUID after = send(requester, bot, round);
        assertThat(take(heard, 1)).containsExactly(after);
      }
    } finally {
      server.kill();
    }
    listening.get(10, TimeUnit.SECONDS);
    assertThat(heard).isEmpty();
  }

  @Test
  void aRestartedAgentGetsWhatIsNotFinishedAndFindsTheApprovalItAskedFor(Running server) {
    Serving serving = server.server().serving();
    AxmeClient requester = client(serving, server.agentKey());
    AxmeClient person = client(serving, server.loginKey());
    Bot bot = Bot.at(serving);
    UUID finished = send(requester, bot, 1);
    UUID open = send(requester, bot, 2);

    UUID asked;
    try (Deliveries firstRun = bot.listen()) {
      Iterator<Delivery> work = firstRun.iterator();
      bot.client().complete(work.next().intentId(), Map.of("n", 1));
      asked = ask(bot, work.next()).intentId();
    }
    person.decide(asked, Decision.approve().because("fine"));

    try (Deliveries secondRun = bot.listen()) {
      Delivery again = secondRun.iterator().next();
      assertThat(again.intentId()).isEqualTo(open);
      assertThat(again.payload().get("number")).isEqualTo(2);
      Sent found = ask(bot, again);
      assertThat(found.intentId()).isEqualTo(asked);
      assertThat(bot.client().waitFor(found.intentId())).isInstanceOf(Result.Approved.class);
      bot.client().complete(open, Map.of("n", 2));
    }

    assertThat(requester.waitFor(finished).data()).isEqualTo(Map.of("n", 1));
    assertThat(requester.waitFor(open)).isInstanceOf(Result.Completed.class);
  }

  private static Sent ask(Bot bot, Delivery work) {
    return bot.client()
        .send(
            IntentRequest.approval("Do number " + work.payload().get("number"))
                .idempotencyKey(work.keyFor("approval"))
                .build());
  }

  @Test
  void aLateRepeatOfAReportIsHarmlessAndAnotherReportIsRefused(Running server) {
    Serving serving = server.server().serving();
    Bot bot = Bot.at(serving);
    UUID work = send(client(serving, server.agentKey()), bot, 1);

    Applied first = bot.client().complete(work, Map.of("a", 1, "b", 2));
    Applied again = bot.client().complete(work, Map.of("b", 2, "a", 1));

    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() -> bot.client().fail(work, "too late"))
        .isInstanceOfSatisfying(
            AxmeException.class, e -> assertThat(e.code()).isEqualTo("intent_terminal"));
  }

  @Test
  void anotherAgentsStreamIsRefusedAndARevokedKeyEndsTheIteration(Running server) throws Exception {
    Serving serving = server.server().serving();
    Bot bot = Bot.at(serving);
    try (Deliveries foreign = client(serving, server.agentKey()).listen(bot.account().address())) {
      assertThat(refusal(foreign).status()).isEqualTo(403);
    }

    send(client(serving, server.agentKey()), bot, 1);
    try (Deliveries deliveries = bot.listen()) {
      deliveries.iterator().next();
      CompletableFuture<AxmeException> end =
          CompletableFuture.supplyAsync(() -> refusal(deliveries));
      AgentKey key = bot.key().key();
      client(serving, server.loginKey()).directory().revokeKey(bot.account().id(), key.id());

      assertThat(end.get(10, TimeUnit.SECONDS).status()).isEqualTo(401);
    }
  }

  private static AxmeException refusal(Deliveries deliveries) {
    try {
      Delivery unexpected = deliveries.iterator().next();
      throw new AssertionError("Expected a refusal, found " + unexpected);
    } catch (AxmeException e) {
      return e;
    }
  }
}
