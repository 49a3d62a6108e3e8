package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Webhooks.Event;
import dev.axme.store.Webhooks.Retired;
import dev.axme.store.Webhooks.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Subscriptions to events, and the events that clients publish. */
interface WebhookContract extends DirectoryContract {
  private Webhooks webhooks() {
    return store().webhooks();
  }

  private Subscription draft(WorkspaceId workspace, String url) {
    Instant now = store().now();
    return new Subscription(
        workspace,
        Samples.id(),
        new Address("agent://acme/main/bot"),
        url,
        List.of("intent.*", "inbox.reply_received"),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        "sa_1",
        false,
        "",
        now,
        now,
        Optional.empty());
  }

  private Subscription full(Subscription s, Optional<Instant> revokedAt) {
    return new Subscription(
        s.workspace(),
        s.id(),
        s.owner(),
        s.callbackUrl(),
        List.of("*"),
        Optional.of("whsec_new"),
        Optional.of(new Retired("whsec_old", s.createdAt().plusSeconds(60))),
        false,
        Optional.of("410 Gone"),
        Optional.of("audit trail"),
        "person",
        true,
        "key:hash",
        s.createdAt(),
        s.updatedAt().plusSeconds(1),
        revokedAt);
  }

  private Subscription put(Subscription subscription) {
    return webhooks()
        .change(subscription.workspace(), _ -> Optional.of(subscription))
        .orElseThrow();
  }

  @Test
  default void aSubscriptionIsFoundAsItWasWritten() {
    WorkspaceId workspace = workspace().id();
    Subscription plain = put(draft(workspace, "https://example.com/a"));
    Subscription other = put(draft(workspace, "https://example.com/b"));

    Subscription full = put(full(plain, Optional.of(plain.createdAt().plusSeconds(2))));

    assertThat(webhooks().subscription(workspace, plain.id())).contains(full);
    assertThat(webhooks().subscriptions(workspace)).containsExactlyInAnyOrder(other, full);
    assertThat(full.live()).isFalse();
    assertThat(other.live()).isTrue();
  }

  @Test
  default void aSubscriptionIsOfItsWorkspaceAlone() {
    Subscription theirs = put(draft(workspace().id(), "https://example.com/"));
    WorkspaceId mine = workspace().id();

    Subscription same = put(draft(mine, "https://example.com/"));

    assertThat(webhooks().subscription(mine, theirs.id())).isEmpty();
    assertThat(webhooks().subscriptions(mine)).containsExactly(same);
  }

  @Test
  default void oneOwnerHasOneSubscriptionForAnAddress() {
    WorkspaceId workspace = workspace().id();
    put(draft(workspace, "https://example.com/"));

    assertThatThrownBy(() -> put(draft(workspace, "https://example.com/")))
        .isInstanceOf(StoreException.class);

    assertThat(webhooks().subscriptions(workspace)).hasSize(1);
  }

  @Test
  default void everyChangeRaisesTheDirectorysVersionAndARefusedOneDoesNot() {
    WorkspaceId workspace = workspace().id();
    long before = store().directory().version();

    put(draft(workspace, "https://example.com/"));
    long after = store().directory().version();
    assertThatThrownBy(
            () ->
                webhooks()
                    .change(
                        workspace,
                        _ -> {
                          throw new IllegalArgumentException("no");
                        }))
        .hasMessage("no");

    assertThat(after).isGreaterThan(before);
    assertThat(store().directory().version()).isEqualTo(after);
  }

  @Test
  default void twoWhoSubscribeAtOnceSeeEachOther() throws Exception {
    WorkspaceId workspace = workspace().id();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 10; round++) {
        String url = "https://example.com/" + round;
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Subscription> subscribe =
            () -> {
              together.await();
              return webhooks()
                  .change(
                      workspace,
                      all ->
                          all.stream()
                              .filter(s -> s.callbackUrl().equals(url))
                              .findFirst()
                              .or(() -> Optional.of(draft(workspace, url))))
                  .orElseThrow();
            };

        List<Future<Subscription>> made = two.invokeAll(List.of(subscribe, subscribe));

        assertThat(made.stream().map(f -> f.resultNow().id()).distinct()).hasSize(1);
      }
    }
  }

  @Test
  default void ofManyRevokedSubscriptionsTheOldestAreForgotten() {
    WorkspaceId workspace = workspace().id();
    Subscription live = put(draft(workspace, "https://example.com/live"));
    Instant start = store().now();
    int many = Webhooks.REVOKED_KEPT + 2;
    for (int i = 0; i < many; i++) {
      Subscription one = draft(workspace, "https://example.com/" + i);
      put(full(one, Optional.of(start.plusSeconds(i))));
    }

    List<String> kept =
        webhooks().subscriptions(workspace).stream().map(Subscription::callbackUrl).toList();

    assertThat(kept)
        .hasSize(Webhooks.REVOKED_KEPT + 1)
        .contains(live.callbackUrl(), "https://example.com/2")
        .doesNotContain("https://example.com/0", "https://example.com/1");
  }

  private Event event(WorkspaceId workspace, String payload) {
    return new Event(
        workspace,
        Samples.id(),
        new Address("agent://acme/main/bot"),
        "inbox.reply_received",
        "crm",
        payload,
        "hash",
        3,
        store().now());
  }

  private static Parcel parcel(Event event) {
    return Parcel.fresh(
        event.workspace(), event.id(), "webhook", "queue", event.id(), "{}", event.at());
  }

  @Test
  default void liveIsWhatAnActiveAccountSubscribedTo() {
    WorkspaceId workspace = workspace().id();
    Directory.Account account = newcomer(workspace, "maker", Optional.empty());
    store().directory().add(account);
    Subscription live = put(by(draft(workspace, "https://example.com/live"), account));
    put(by(draft(workspace, "https://example.com/off"), account).disabled("why", live.createdAt()));
    Subscription gone = by(draft(workspace, "https://example.com/gone"), account);
    put(by(full(gone, Optional.of(gone.createdAt())), account));
    put(draft(workspace, "https://example.com/orphan"));

    assertThat(liveIn(workspace)).containsExactly(live);

    store()
        .directory()
        .update(
            new Directory.Account(
                account.id(),
                workspace,
                account.person(),
                account.name(),
                account.address(),
                account.displayName(),
                account.description(),
                account.deliveryMode(),
                account.callbackUrl(),
                account.webhookSecret(),
                "suspended",
                account.createdBy(),
                account.createdAt(),
                account.updatedAt()));
    assertThat(liveIn(workspace)).isEmpty();
  }

  private List<Subscription> liveIn(WorkspaceId workspace) {
    return webhooks().live().stream().filter(s -> s.workspace().equals(workspace)).toList();
  }

  private static Subscription by(Subscription s, Directory.Account account) {
    return new Subscription(
        s.workspace(),
        s.id(),
        s.owner(),
        s.callbackUrl(),
        s.eventTypes(),
        s.secret(),
        s.retired(),
        s.active(),
        s.disabled(),
        s.description(),
        account.id(),
        s.everything(),
        s.request(),
        s.createdAt(),
        s.updatedAt(),
        s.revokedAt());
  }

  @Test
  default void anEventIsKeptOnceUnderItsId() {
    WorkspaceId workspace = workspace().id();
    Event first = event(workspace, "{\"text\":\"a\\u0000\uD83D\uDE00\"}");
    Event again =
        new Event(workspace, first.id(), first.owner(), "x", "y", "{}", "other", 0, first.at());

    assertThat(webhooks().publish(first, List.of(parcel(first)))).isEqualTo(first);
    assertThat(webhooks().publish(again, List.of(parcel(again), parcel(event(workspace, "{}")))))
        .isEqualTo(first);

    assertThat(webhooks().event(workspace, first.id())).contains(first);
    assertThat(webhooks().event(workspace().id(), first.id())).isEmpty();
    assertThat(
            store()
                .outbox()
                .list(
                    workspace,
                    new Outbox.Query(
                        Optional.of("webhook"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10)))
        .as("a repeat queues nothing")
        .containsExactly(parcel(first));
  }

  @Test
  default void attemptsAreNumberedOnWhenADeliveryIsReplayed() {
    WorkspaceId workspace = workspace().id();
    Event event = event(workspace, "{}");
    Parcel parcel = parcel(event);
    webhooks().publish(event, List.of(parcel));
    Outbox outbox = store().outbox();
    attempt(outbox, parcel, "FAILED");

    assertThat(outbox.replay(workspace, parcel.id(), store().now())).isTrue();
    attempt(outbox, parcel, "DONE");

    assertThat(outbox.attempts(workspace, parcel.id()))
        .extracting(t -> t.number() + " " + t.result())
        .containsExactly("1 FAILED", "2 DONE");
  }

  private static void attempt(Outbox outbox, Parcel parcel, String result) {
    Instant at = parcel.createdAt();
    Outbox.Lease lease = outbox.lease(List.of(parcel), at, at.plusSeconds(60), false).getFirst();
    outbox.settle(
        List.of(
            new Outbox.Settled(
                lease, new Tried(1, at, result, 500, 3, "said"), Parcel.State.DEAD, at)));
  }

  @Test
  default void oldEventsAreForgottenAFewAtATime() {
    WorkspaceId workspace = workspace().id();
    Instant longAgo = Instant.EPOCH.plus(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      Event e = event(workspace, "{}");
      webhooks()
          .publish(
              new Event(
                  workspace, e.id(), e.owner(), "a.b", "cc", "{}", "", 0, longAgo.plusSeconds(i)),
              List.of());
    }
    Event young = webhooks().publish(event(workspace, "{}"), List.of());
    Instant before = longAgo.plusSeconds(60);

    assertThat(webhooks().forgetEvents(before, 2)).isEqualTo(2);
    assertThat(webhooks().forgetEvents(before, 2)).isEqualTo(1);
    assertThat(webhooks().forgetEvents(before, 2)).isZero();
    assertThat(webhooks().event(workspace, young.id())).contains(young);
  }
}
