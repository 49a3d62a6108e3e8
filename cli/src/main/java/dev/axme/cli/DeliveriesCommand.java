package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Outgoing;
import dev.axme.sdk.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What leaves the server: whether it arrived, and sending it again. */
@Command(
    name = "deliveries",
    description = "See what leaves the server, why it did not arrive, and send it again.",
    synopsisSubcommandLabel = "COMMAND")
final class DeliveriesCommand {
  private static final int PAGES = 5;
  private static final int WIDTH = 60;

  private final Cli cli;

  DeliveriesCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(
      name = "list",
      description = "Show what was sent and what waits, the newest first: at most 1,000.")
  int list(
      @Option(
              names = "--intent",
              paramLabel = "INTENT",
              description = "Only how this intent was pushed; for everybody who sees it.")
          Optional<String> intent,
      @Option(
              names = "--channel",
              paramLabel = "CHANNEL",
              description = "Only what leaves by this, such as push.")
          Optional<String> channel,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only pending (waits for its next try), sent, or dead (given up).")
          Optional<String> state) {
    List<Outgoing> found =
        intent
            .map(id -> of(id, channel, state))
            .orElseGet(() -> cli.asPerson(client -> all(client, channel, state)));
    if (cli.json()) {
      cli.printJson("deliveries", found.stream().map(Outgoing::raw).toList());
      return Exit.DONE;
    } else if (found.isEmpty()) {
      cli.say("Nothing.");
      return Exit.DONE;
    }
    Table table = new Table("DELIVERY", "CHANNEL", "TO", "ABOUT", "STATE", "CREATED", "NEXT TRY");
    for (Outgoing one : found) {
      table.row(
          one.id().toString(),
          one.channel(),
          one.destination(),
          one.subject().toString(),
          one.state(),
          one.createdAt().map(Words::ago).orElse(""),
          one.nextAttemptAt().map(Words::ahead).orElse(""));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  private List<Outgoing> of(String id, Optional<String> channel, Optional<String> state) {
    AxmeClient client = cli.client();
    return client.outbox().of(Ids.intent(client, id)).stream()
        .filter(o -> channel.isEmpty() || channel.get().equals(o.channel()))
        .filter(o -> state.isEmpty() || state.get().equals(o.state()))
        .toList();
  }

  private static List<Outgoing> all(
      AxmeClient client, Optional<String> channel, Optional<String> state) {
    List<Outgoing> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int i = 0; i < PAGES; i++) {
      Page<Outgoing> page = client.outbox().list(channel, state, cursor);
      all.addAll(page.items());
      cursor = page.nextCursor();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return all;
  }

  @Command(name = "show", description = "Show one with everything that was tried.")
  int show(
      @Parameters(paramLabel = "DELIVERY", description = "Its id, from deliveries list.")
          UUID delivery) {
    Outgoing one = cli.asPerson(client -> client.outbox().get(delivery));
    if (cli.json()) {
      cli.printJson("delivery", one.raw());
      return Exit.DONE;
    }
    print(one);
    return Exit.DONE;
  }

  @Command(
      name = "replay",
      description =
          "Send one again, at once, with the same id. What has become pointless is not sent.")
  int replay(
      @Parameters(paramLabel = "DELIVERY", description = "Its id, from deliveries list.")
          UUID delivery) {
    Outgoing one = cli.asPerson(client -> client.outbox().replay(delivery));
    if (cli.json()) {
      cli.printJson("delivery", one.raw());
    } else {
      cli.print(cli.ink().bold("On its way") + ": " + one.id());
    }
    return Exit.DONE;
  }

  private void print(Outgoing one) {
    cli.print("%-9s %s".formatted("Channel", Words.safe(one.channel())));
    cli.print("%-9s %s".formatted("To", Words.safe(one.destination())));
    cli.print("%-9s %s".formatted("About", one.subject()));
    cli.print("%-9s %s".formatted("State", Words.safe(one.state())));
    one.nextAttemptAt()
        .ifPresent(at -> cli.print("%-9s %s".formatted("Next try", Words.ahead(at))));
    Table table = new Table("TRY", "WHEN", "RESULT", "STATUS", "TOOK", "ANSWER");
    for (Outgoing.Attempt attempt : one.attempts()) {
      table.row(
          Integer.toString(attempt.number()),
          attempt.at().map(Words::ago).orElse(""),
          attempt.result(),
          attempt.status() == 0 ? "" : Integer.toString(attempt.status()),
          attempt.milliseconds() + " ms",
          Words.cut(attempt.answer().replace('\n', ' '), WIDTH));
    }
    if (!one.attempts().isEmpty()) {
      table.print(cli.shell().out(), cli.ink());
    }
  }
}
