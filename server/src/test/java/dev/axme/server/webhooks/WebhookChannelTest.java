package dev.axme.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.channels.http.Outcome;
import dev.axme.channels.http.Post;
import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Attempt;
import dev.axme.engine.Attempt.Result;
import dev.axme.store.Parcel;
import dev.axme.store.Webhooks.Event;
import dev.axme.store.Webhooks.Subscription;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a delivery is tried, and what each kind of answer comes to. */
class WebhookChannelTest {
  private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(1, 1));
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");

  @TempDir private Path folder;
  private SqliteStore store;
  private final List<Post> posts = new ArrayList<>();
  private Outcome outcome = new Outcome.Answered(200, Duration.ofMillis(3), "ok");
  private WebhookChannel channel;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("axme.db"), InstantSource.fixed(NOW));
    channel =
        new WebhookChannel(
            store,
            post -> {
              posts.add(post);
              return outcome;
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Subscription subscription() {
    Subscription subscription =
        new Subscription(
            WORKSPACE,
            UUID.randomUUID(),
            new Address("agent://a/b/c"),
            "https://example.com/hook",
            List.of("*"),
            Optional.of("a-secret-of-some-length"),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            "sa_1",
            true,
            "",
            NOW,
            NOW,
            Optional.empty());
    return store.webhooks().change(WORKSPACE, _ -> Optional.of(subscription)).orElseThrow();
  }

  private Parcel parcel(Subscription subscription) {
    UUID id = UUID.randomUUID();
    Event event =
        new Event(
            WORKSPACE, id, subscription.owner(), "invite.accepted", "crm", "{\"n\":1}", "", 1, NOW);
    Parcel parcel = WebhookOutlet.parcel(subscription, id, Occasion.published(event.type()), NOW);
    store.webhooks().publish(event, List.of(parcel));
    return parcel;
  }

  @Test
  void aDeliveryIsTriedForADayAndALittleLonger() {
    Set<Duration> firsts = new HashSet<>();
    Subscription subscription = subscription();
    for (int i = 0; i < 100; i++) {
      Parcel parcel = parcel(subscription);
      Duration all = Duration.ZERO;
      int tries = 1;
      for (Optional<Duration> pause = channel.pause(parcel, tries);
          pause.isPresent();
          pause = channel.pause(parcel, tries)) {
        all = all.plus(pause.get());
        tries++;
      }

      firsts.add(channel.pause(parcel, 1).orElseThrow());
      assertThat(tries).isEqualTo(10);
      assertThat(all).isBetween(Duration.ofHours(23), Duration.ofHours(27));
      assertThat(channel.pause(parcel, 1).orElseThrow())
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
      assertThat(channel.pause(parcel, 3).orElseThrow())
          .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
      assertThat(channel.pause(parcel, 3)).isEqualTo(channel.pause(parcel, 3));
    }
    assertThat(firsts).as("not all at once").hasSizeGreaterThan(50);
  }

  @Test
  void everyAnswerComesToSomething() {
    Parcel parcel = parcel(subscription());

    assertThat(results(parcel, 200, 201, 204, 299)).containsOnly(Result.DONE);
    assertThat(results(parcel, 100, 301, 302, 400, 401, 404, 429, 500, 503))
        .containsOnly(Result.FAILED);
    assertThat(result(parcel, Outcome.Cause.REFUSED)).isEqualTo(Result.REFUSED);
    assertThat(result(parcel, Outcome.Cause.UNREACHABLE)).isEqualTo(Result.UNREACHABLE);
    assertThat(result(parcel, Outcome.Cause.CERTIFICATE)).isEqualTo(Result.UNREACHABLE);
    assertThat(result(parcel, Outcome.Cause.TIMED_OUT)).isEqualTo(Result.UNREACHABLE);
    assertThat(result(parcel, Outcome.Cause.NOT_HTTP)).isEqualTo(Result.UNREACHABLE);
  }

  private List<Result> results(Parcel parcel, int... statuses) {
    List<Result> results = new ArrayList<>();
    for (int status : statuses) {
      outcome = new Outcome.Answered(status, Duration.ofMillis(3), "said");
      results.add(channel.send(parcel, 1).result());
    }
    return results;
  }

  private Result result(Parcel parcel, Outcome.Cause cause) {
    outcome = new Outcome.Failed(cause, Duration.ofMillis(3), "why");
    return channel.send(parcel, 1).result();
  }

  @Test
  void everyTryHasTheSameIdAndBodyAndATimeOfItsOwn() {
    Subscription subscription = subscription();
    Parcel parcel = parcel(subscription);

    channel.send(parcel, 1);
    channel.send(parcel, 2);

    assertThat(posts).hasSize(2);
    assertThat(posts.get(1)).isEqualTo(posts.get(0));
    assertThat(posts.get(0).headers())
        .containsEntry("webhook-id", parcel.subject().toString())
        .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()));
    assertThat(posts.get(0).url()).isEqualTo("https://example.com/hook");
    assertThat(posts.get(0).body())
        .isEqualTo(
            "{\"event_id\":\"%s\",\"event_type\":\"invite.accepted\",\"source\":\"crm\","
                    .formatted(parcel.subject())
                + "\"owner_agent\":\"agent://a/b/c\",\"payload\":{\"n\":1},"
                + "\"occurred_at\":\"2027-01-01T12:00:00Z\"}");
  }

  @Test
  void nothingIsSentToAReceiverThatIsGone() {
    Subscription subscription = subscription();
    Parcel parcel = parcel(subscription);
    outcome = new Outcome.Answered(410, Duration.ofMillis(3), "gone");

    Attempt gone = channel.send(parcel, 1);
    Attempt afterwards = channel.send(parcel(subscription), 1);

    assertThat(gone.result()).isEqualTo(Result.REFUSED);
    assertThat(afterwards.result()).isEqualTo(Result.REFUSED);
    assertThat(posts).hasSize(1);
    Subscription disabled =
        store.webhooks().subscription(WORKSPACE, subscription.id()).orElseThrow();
    assertThat(disabled.live()).isFalse();
    assertThat(disabled.disabled()).hasValueSatisfying(why -> assertThat(why).contains("410"));
  }

  @Test
  void whatIsNoLongerKeptIsGivenUp() {
    Subscription subscription = subscription();
    Parcel lost =
        WebhookOutlet.parcel(
            subscription, UUID.randomUUID(), Occasion.published("invite.accepted"), NOW);

    assertThat(channel.send(lost, 1).result()).isEqualTo(Result.REFUSED);
    assertThat(posts).isEmpty();
  }
}
