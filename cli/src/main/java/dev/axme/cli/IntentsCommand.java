package dev.axme.cli;

import dev.axme.sdk.Applied;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.IntentQuery;
import dev.axme.sdk.Notification;
import dev.axme.sdk.Page;
import dev.axme.sdk.Result;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Requests as agents see them: send, follow, take back. */
@Command(
    name = "intents",
    aliases = "intent",
    description = "Send requests, follow them, take them back.",
    synopsisSubcommandLabel = "COMMAND")
final class IntentsCommand {
  private static final String ID = "The intent: its id, or the first 8 or more characters of it.";

  private final Cli cli;

  IntentsCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show the newest intents.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              description = "Only these: pending, or statuses with commas (WAITING,FAILED).")
          Optional<String> status,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many; 50 unless you say.")
          int limit,
      @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
          Optional<String> cursor) {
    IntentQuery query = new IntentQuery(status, Optional.empty(), limit, cursor);
    Page<Intent> page = cli.client().list(query);
    if (cli.json()) {
      cli.printJson("intents", page.items().stream().map(Intent::raw).toList(), page.nextCursor());
    } else if (page.items().isEmpty()) {
      cli.say("No intents yet. Send one: `axme intents send \"Deploy model v2.3\"`");
    } else {
      print(page);
    }
    return Exit.DONE;
  }

  @Command(name = "get", description = "Show one intent.")
  int get(@Parameters(paramLabel = "ID", description = ID) String id) {
    AxmeClient client = cli.client();
    Intent intent = client.get(Ids.intent(client, id));
    if (cli.json()) {
      cli.printJson("intent", intent.raw());
    } else {
      new RequestView(cli).print(intent);
    }
    return Exit.DONE;
  }

  @Command(name = "log", description = "Show what happened to an intent so far.")
  int log(@Parameters(paramLabel = "ID", description = ID) String id) {
    AxmeClient client = cli.client();
    UUID intentId = Ids.intent(client, id);
    List<IntentEvent> events = client.events(intentId, 0);
    if (cli.json()) {
      cli.printJson("events", events.stream().map(IntentEvent::raw).toList());
    } else {
      Trail trail = new Trail(cli.ink());
      Deque<Notification> told = new ArrayDeque<>(NotificationLine.all(client, intentId));
      for (IntentEvent event : events) {
        while (!told.isEmpty() && told.getFirst().at().isBefore(event.at())) {
          cli.print(NotificationLine.of(told.removeFirst(), cli.ink()));
        }
        trail.lines(event).forEach(cli::print);
      }
      told.forEach(notification -> cli.print(NotificationLine.of(notification, cli.ink())));
      trail.now().ifPresent(whom -> cli.say("It is " + whom + "."));
    }
    return Exit.DONE;
  }

  @Command(name = "notifications", description = "Show who was told of an intent, and how.")
  int notifications(@Parameters(paramLabel = "ID", description = ID) String id) {
    AxmeClient client = cli.client();
    List<Notification> all = client.notifications(Ids.intent(client, id));
    if (cli.json()) {
      cli.printJson("notifications", all.stream().map(Notification::raw).toList());
    } else if (all.isEmpty()) {
      cli.say("Nobody was told of it so far.");
    } else {
      all.forEach(notification -> cli.print(NotificationLine.of(notification, cli.ink())));
    }
    return Exit.DONE;
  }

  @Command(
      name = "watch",
      description = {
        "Follow an intent to its end.",
        "Exit: 0 approved or completed, 1 failed, 3 rejected, 4 expired or canceled, 5 still pending."
      })
  int watch(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--since",
              paramLabel = "SEQ",
              defaultValue = "0",
              description = "Show only events after this number.")
          long since,
      @Option(names = "--follow", description = "Follow to the end, as it does anyway.")
          boolean follow,
      @Option(
              names = "--timeout",
              paramLabel = "SPAN",
              description = "Stop watching after 90s, 30m, 2h, ...; the intent goes on.")
          Optional<String> timeout) {
    AxmeClient client = cli.client();
    UUID intentId = Ids.intent(client, id);
    Following following = new Following(cli, client);
    return following.toTheEnd(intentId, since, timeout.map(text -> Spans.parse("--timeout", text)));
  }

  @Command(name = "cancel", description = "Take a request back.")
  int cancel(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "canceled via axme cli",
              description = "Why, for whoever waits.")
          String reason) {
    AxmeClient client = cli.client();
    UUID intentId = Ids.intent(client, id);
    Applied applied = client.cancel(intentId, reason);
    if (cli.json()) {
      cli.printJson(applied.raw());
    } else {
      cli.print(cli.ink().bold("Canceled") + ": " + intentId);
    }
    return Exit.DONE;
  }

  @Command(
      name = "send",
      description = {
        "Ask people for an approval, or send any intent.",
        "Exit with --wait: 0 approved or completed, 1 failed, 3 rejected, 4 expired or canceled, 5"
            + " still pending."
      })
  int send(
      @Parameters(
              paramLabel = "WHAT",
              arity = "0..1",
              description = "What is asked, in one line, such as \"Deploy to production\".")
          Optional<String> what,
      @picocli.CommandLine.Mixin SendOptions options) {
    AxmeClient client = cli.client();
    return new Following(cli, client).send(options.request(what), options.wait, options.timeout());
  }

  private void print(Page<Intent> page) {
    Table table = new Table("INTENT", "STATUS", "TYPE", "FROM", "TO", "CREATED");
    for (Intent intent : page.items()) {
      table.row(
          intent.id().toString(),
          Result.of(intent).map(Following::word).orElse(Words.lower(intent.status().name())),
          Words.cut(intent.type(), 40),
          Words.shortName(intent.from()),
          Words.shortName(intent.to()),
          Words.ago(intent.createdAt()));
    }
    table.print(cli.shell().out(), cli.ink());
    page.nextCursor().ifPresent(cursor -> cli.say("There is more: --cursor " + cursor));
  }
}
