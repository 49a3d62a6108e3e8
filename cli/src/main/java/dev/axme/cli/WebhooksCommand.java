package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Webhooks;
import dev.axme.sdk.Webhooks.Delivery;
import dev.axme.sdk.Webhooks.Queued;
import dev.axme.sdk.Webhooks.Subscribed;
import dev.axme.sdk.Webhooks.Subscription;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** HTTP addresses that are told what happens. */
@Command(
    name = "webhooks",
    description = "Have other systems told what happens, and see what came of it.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhooksCommand {
  private static final String ID = "The subscription's id, from webhooks list.";
  private static final int FORBIDDEN = 403;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Cli cli;

  WebhooksCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show the subscriptions.")
  int list(
      @Option(names = "--inactive", description = "Show disabled and deleted ones too.")
          boolean inactive) {
    List<Subscription> all = cli.asPerson(client -> list(client.webhooks(), inactive));
    if (cli.json()) {
      cli.printJson("subscriptions", all.stream().map(Subscription::raw).toList());
      return Exit.DONE;
    } else if (all.isEmpty()) {
      cli.say("Nobody is told. Subscribe with `axme webhooks create URL`.");
      return Exit.DONE;
    }
    Table table = new Table("SUBSCRIPTION", "STATUS", "EVENTS", "OWNER", "URL");
    for (Subscription s : all) {
      table.row(
          s.id().toString(),
          status(s),
          String.join(" ", s.eventTypes()),
          Words.shortName(s.owner()),
          s.callbackUrl());
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  /** All of the workspace for whoever may see it. */
  private static List<Subscription> list(Webhooks webhooks, boolean inactive) {
    try {
      return webhooks.list(inactive, true);
    } catch (AxmeException e) {
      if (e.status() != FORBIDDEN) {
        throw e;
      }
      return webhooks.list(inactive, false);
    }
  }

  private static String status(Subscription s) {
    if (s.revokedAt().isPresent()) {
      return "deleted";
    }
    return s.active() ? "active" : s.disabledReason().map(why -> "disabled").orElse("off");
  }

  @Command(
      name = "create",
      description = {
        "Subscribe an address to events. Prints the secret that deliveries are signed with, once.",
        "Subscribing the same address again changes its subscription, and keeps its secret."
      })
  int create(
      @Parameters(paramLabel = "URL", description = "Where events are posted to.") String url,
      @Option(
              names = "--events",
              paramLabel = "TYPES",
              split = ",",
              description =
                  "What to be told of: task.decided, intent.completed, task.*, ..."
                      + " Left out: everything.")
          @Nullable List<String> events,
      @Option(
              names = "--secret",
              paramLabel = "SECRET",
              description = "Sign with this one, of 16 to 128 characters.")
          @Nullable String secret,
      @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
          @Nullable String description) {
    Webhooks.Wanted wanted =
        new Webhooks.Wanted(
            url,
            events == null ? List.of("*") : events,
            Optional.ofNullable(secret),
            Optional.ofNullable(description));
    Subscribed made = cli.asPerson(client -> client.webhooks().subscribe(wanted));
    shown(made);
    cli.say("See whether it answers: `axme webhooks test " + made.subscription().id() + "`");
    return Exit.DONE;
  }

  private void shown(Subscribed made) {
    if (cli.json()) {
      cli.printJson(made.raw());
      return;
    }
    made.secret().ifPresent(cli::print);
    cli.say(
        "Subscription "
            + made.subscription().id()
            + (made.secret().isPresent() ? "; the secret is shown this once." : "."));
  }

  @Command(name = "rotate", description = "Replace the secret. Prints the new one, once.")
  int rotate(@Parameters(paramLabel = "ID", description = ID) String id) {
    UUID subscription = uuid(id);
    shown(cli.asPerson(client -> client.webhooks().rotate(subscription)));
    cli.say("The one before signs beside it for 24 hours.");
    return Exit.DONE;
  }

  @Command(name = "delete", description = "End a subscription.")
  int delete(@Parameters(paramLabel = "ID", description = ID) String id) {
    UUID subscription = uuid(id);
    cli.asPerson(
        client -> {
          client.webhooks().delete(subscription);
          return subscription;
        });
    if (cli.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("subscription_id", subscription.toString());
      cli.printJson(json);
    } else {
      cli.print(cli.ink().bold("Deleted") + ": " + subscription);
    }
    return Exit.DONE;
  }

  @Command(
      name = "test",
      description = {
        "Send a test event to one subscription and show what came of it.",
        "Exit: 0 it was taken, 1 it was not."
      })
  int test(@Parameters(paramLabel = "ID", description = ID) String id) {
    UUID subscription = uuid(id);
    Delivery delivery = cli.asPerson(client -> tested(client, subscription));
    if (cli.json()) {
      cli.printJson("delivery", delivery.raw());
    } else {
      cli.print(came(delivery));
    }
    return delivery.state().equals("delivered") ? Exit.DONE : Exit.ERROR;
  }

  /** The test with its first attempt: a call ends after ten seconds, whatever happens. */
  private Delivery tested(AxmeClient client, UUID subscription) {
    UUID event = client.webhooks().test(subscription).eventId();
    long begin = System.nanoTime();
    while (Duration.ofNanos(System.nanoTime() - begin).compareTo(PATIENCE) < 0) {
      Optional<Delivery> delivery = client.webhooks().delivery(subscription, event);
      if (delivery.filter(d -> !d.attempts().isEmpty()).isPresent()) {
        return delivery.get();
      }
      pause();
    }
    throw CliException.error(
        "The test is still waiting to be sent. Look later: `axme webhooks attempts "
            + subscription
            + "`");
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.error("Interrupted.");
    }
  }

  @Command(name = "attempts", description = "Show what came of the newest deliveries.")
  int attempts(@Parameters(paramLabel = "ID", description = ID) String id) {
    UUID subscription = uuid(id);
    List<Delivery> deliveries = cli.asPerson(client -> client.webhooks().deliveries(subscription));
    if (cli.json()) {
      cli.printJson("deliveries", deliveries.stream().map(Delivery::raw).toList());
      return Exit.DONE;
    }
    Table table = new Table("EVENT", "TYPE", "WHEN", "WHAT CAME OF IT");
    for (Delivery d : deliveries) {
      table.row(
          d.eventId().toString(), d.eventType(), d.createdAt().map(Words::ago).orElse(""), came(d));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  /** In one line: the state, and what the last attempt came to. */
  private static String came(Delivery d) {
    StringBuilder line = new StringBuilder(d.state().replace("dead_lettered", "given up"));
    if (!d.attempts().isEmpty()) {
      Webhooks.Attempt last = d.attempts().getLast();
      line.append(last.status() == 0 ? ":" : ": " + last.status());
      line.append(last.answer().isEmpty() ? "" : " " + Words.cut(Words.safe(last.answer()), 60));
      line.append(" (").append(last.millis()).append(" ms");
      line.append(d.attempts().size() > 1 ? ", attempt " + last.number() + ")" : ")");
    }
    d.nextAttemptAt().ifPresent(at -> line.append(", again ").append(Words.ahead(at)));
    return line.toString();
  }

  @Command(name = "replay", description = "Send an event once more to whoever got it.")
  int replay(
      @Parameters(paramLabel = "EVENT", description = "The event's id, from webhooks attempts.")
          String id) {
    UUID event = uuid(id);
    Queued queued = cli.asPerson(client -> client.webhooks().replay(event));
    if (cli.json()) {
      cli.printJson(queued.raw());
    } else {
      cli.print(
          "Queued "
              + Words.safe(queued.eventType())
              + " for "
              + Words.counted(queued.queued(), "subscription")
              + ".");
    }
    return Exit.DONE;
  }

  private static UUID uuid(String typed) {
    try {
      return UUID.fromString(typed.strip());
    } catch (IllegalArgumentException e) {
      throw CliException.usage("Expected a whole id, found " + typed + ".");
    }
  }
}
