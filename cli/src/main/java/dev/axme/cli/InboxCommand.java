package dev.axme.cli;

import dev.axme.sdk.Inbox;
import dev.axme.sdk.InboxThread;
import dev.axme.sdk.Page;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What came to an address, and what is said about it. */
@Command(
    name = "inbox",
    description = "See what came to an address, and answer it (--owner-agent says whose inbox).",
    synopsisSubcommandLabel = "COMMAND")
final class InboxCommand {
  private static final String ID = "The thread: its id, or the first 8 or more characters of it.";
  private static final String COMMENT = "Why, for whoever asked.";

  private final Cli cli;

  InboxCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show the threads to which something happened last.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "WORD",
              description = "Only those that are pending, active or done.")
          Optional<String> status,
      @Option(names = "--unread", description = "Only those to which something came.")
          boolean unread,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "Look at so many things that happened, at most 1000.")
          int limit,
      @Option(
              names = "--cursor",
              paramLabel = "CURSOR",
              description = "Go on where the last page said.")
          Optional<String> cursor) {
    Optional<String> wanted = unread ? Optional.of("unread") : status;
    Page<InboxThread> page = cli.client().inbox().threads(wanted, limit, cursor);
    if (cli.json()) {
      cli.printJson(
          "threads", page.items().stream().map(InboxThread::raw).toList(), page.nextCursor());
      return Exit.DONE;
    }
    if (page.items().isEmpty()) {
      cli.say("Nothing here.");
    } else {
      print(page);
    }
    page.nextCursor()
        .ifPresent(next -> cli.say("There is more: `axme inbox list --cursor " + next + "`."));
    return Exit.DONE;
  }

  private void print(Page<InboxThread> page) {
    Table table = new Table("THREAD", "NEW", "STATUS", "WHAT", "FROM", "CHANGED");
    for (InboxThread thread : page.items()) {
      table.row(
          thread.id().toString(),
          thread.unread() ? "new" : "",
          thread.status(),
          Words.cut(thread.subject(), 40),
          Words.shortName(thread.from()),
          thread.updatedAt().map(Words::ago).orElse(""));
    }
    table.print(cli.shell().out(), cli.ink());
  }

  @Command(name = "show", description = "Show one thread: what was said and what happened.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    Inbox inbox = cli.client().inbox();
    return shown(inbox.thread(Ids.thread(inbox, id)));
  }

  @Command(name = "reply", description = "Say something in a thread; a new whole id begins one.")
  int reply(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Parameters(paramLabel = "MESSAGE", description = "What to say.") String message) {
    return done(id, "Replied", (inbox, thread) -> inbox.reply(thread, message));
  }

  @Command(name = "read", description = "Mark a thread as read.")
  int read(@Parameters(paramLabel = "ID", description = ID) String id) {
    return done(id, "Read", Inbox::read);
  }

  @Command(name = "delegate", description = "Put a thread into another inbox as well.")
  int delegate(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Parameters(paramLabel = "ADDRESS", description = "Whose inbox.") String address,
      @Option(names = "--note", paramLabel = "TEXT", description = "What they should know.")
          Optional<String> note) {
    return done(id, "Delegated", (inbox, thread) -> inbox.delegate(thread, address, note));
  }

  @Command(name = "approve", description = "Say yes to what a thread asks.")
  int approve(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--comment", paramLabel = "TEXT", description = COMMENT)
          Optional<String> comment) {
    return decided(id, "Approved", (inbox, thread) -> inbox.approve(thread, comment));
  }

  @Command(name = "reject", description = "Say no to what a thread asks.")
  int reject(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--comment", paramLabel = "TEXT", description = COMMENT)
          Optional<String> comment) {
    return decided(id, "Rejected", (inbox, thread) -> inbox.reject(thread, comment));
  }

  private int done(String typed, String word, BiFunction<Inbox, UUID, InboxThread> act) {
    Inbox inbox = cli.client().inbox();
    return told(word, act.apply(inbox, Ids.thread(inbox, typed)));
  }

  private int decided(String typed, String word, BiFunction<Inbox, UUID, InboxThread> act) {
    InboxThread thread =
        cli.asPerson(client -> act.apply(client.inbox(), Ids.thread(client.inbox(), typed)));
    return told(word, thread);
  }

  private int told(String word, InboxThread thread) {
    if (cli.json()) {
      cli.printJson("thread", thread.raw());
    } else {
      cli.print(cli.ink().bold(word) + ": " + Words.safe(thread.subject()));
    }
    return Exit.DONE;
  }

  private int shown(InboxThread thread) {
    if (cli.json()) {
      cli.printJson("thread", thread.raw());
      return Exit.DONE;
    }
    cli.print(cli.ink().bold(Words.safe(thread.subject())));
    cli.print("Thread   " + thread.id());
    cli.print("From     " + Words.safe(thread.from()));
    cli.print("Status   " + thread.status() + (thread.unread() ? ", new" : ""));
    for (InboxThread.Message message : thread.messages()) {
      cli.print("");
      cli.print(
          cli.ink()
              .faint(
                  Words.safe(Words.shortName(message.from()))
                      + message.at().map(at -> ", " + Words.local(at)).orElse("")));
      String said = message.truncated() ? "(too long to show here)" : message.content();
      said.lines().forEach(line -> cli.print(Words.safe(line)));
    }
    cli.print("");
    for (InboxThread.Happening event : thread.timeline()) {
      cli.print(
          cli.ink()
              .faint(
                  event.at().map(Words::local).orElse("")
                      + "  "
                      + Words.safe(Words.lower(event.type()))
                      + ", "
                      + Words.safe(Words.shortName(event.actor()))));
    }
    return Exit.DONE;
  }
}
