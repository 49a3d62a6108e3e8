package dev.axme.cli;

import dev.axme.sdk.Applied;
import dev.axme.sdk.Decision;
import dev.axme.sdk.Intent;
import dev.axme.sdk.Page;
import dev.axme.sdk.Task;
import dev.axme.sdk.TaskQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What waits for the person at this terminal, and their answers. */
@Command(
    name = "tasks",
    description = "See what waits for you, and decide it.",
    synopsisSubcommandLabel = "COMMAND")
final class TasksCommand {
  private static final String ID = "The request: its id, or the first 8 or more characters of it.";

  private final Cli cli;

  TasksCommand(Cli cli) {
    this.cli = cli;
  }

  /** What every answer may carry. */
  static final class Answer {
    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for whoever asked.")
    @Nullable String comment;

    @Mixin FieldOptions fields = new FieldOptions();

    Decision with(String outcome) {
      Decision decision = Decision.of(outcome).with(fields.values());
      return comment == null ? decision : decision.because(comment);
    }
  }

  @Command(name = "list", description = "Show what waits for you.")
  int list(
      @Option(names = "--ended", description = "Show what is decided, expired or canceled.")
          boolean ended,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "At most so many.")
          int limit) {
    TaskQuery query = (ended ? TaskQuery.past() : TaskQuery.open()).withLimit(limit);
    Page<Task> page = cli.asPerson(client -> client.tasks(query));
    if (cli.json()) {
      cli.indented()
          .printJson("tasks", page.items().stream().map(Task::raw).toList(), page.nextCursor());
    } else if (page.items().isEmpty()) {
      cli.say(ended ? "Nothing has been decided yet." : "Nothing waits for you.");
    } else {
      print(page.items(), ended);
      page.nextCursor().ifPresent(more -> cli.say("There is more: raise --limit."));
    }
    return Exit.DONE;
  }

  @Command(name = "get", description = "Show one request: who wants what, and what happens then.")
  int get(@Parameters(paramLabel = "ID", description = ID) String id) {
    Intent intent = cli.asPerson(client -> client.get(Ids.task(client, id)));
    if (cli.json()) {
      cli.indented().printJson("intent", intent.raw());
    } else {
      new RequestView(cli).print(intent);
    }
    return Exit.DONE;
  }

  @Command(name = "approve", description = "Say yes.")
  int approve(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Answer answer) {
    return decide(id, answer.with("approved"));
  }

  @Command(name = "reject", description = "Say no.")
  int reject(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Answer answer) {
    return decide(id, answer.with("rejected"));
  }

  @Command(name = "confirm", description = "Confirm what a confirmation asks.")
  int confirm(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Answer answer) {
    return decide(id, answer.with("confirmed"));
  }

  @Command(name = "complete", description = "Report a manual action as done.")
  int complete(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Answer answer) {
    return decide(id, answer.with("completed"));
  }

  @Command(name = "assign", description = "Answer an assignment (--data assignee=NAME).")
  int assign(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Answer answer) {
    return decide(id, answer.with("assigned"));
  }

  @Command(name = "submit", description = "Answer with any of the allowed outcomes.")
  int submit(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--outcome",
              paramLabel = "WORD",
              defaultValue = "submitted",
              description = "The outcome; submitted unless you say another.")
          String outcome,
      @Mixin Answer answer) {
    return decide(id, answer.with(outcome));
  }

  @Command(
      name = "revoke-links",
      description = "Take back the links to it that were sent out; later messages carry new ones.")
  int revokeLinks(@Parameters(paramLabel = "ID", description = ID) String typed) {
    return cli.asPerson(
        client -> {
          UUID id = Ids.task(client, typed);
          client.revokeLinks(id);
          if (cli.json()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("ok", true);
            answer.put("intent_id", id.toString());
            cli.indented().printJson(answer);
          } else {
            cli.print("The links that were sent for it open nothing any more.");
          }
          return Exit.DONE;
        });
  }

  private int decide(String typed, Decision decision) {
    return cli.asPerson(
        client -> {
          UUID id = Ids.task(client, typed);
          Intent intent = client.get(id);
          Applied applied = client.decide(id, decision);
          if (cli.json()) {
            cli.indented().printJson(applied.raw());
          } else {
            String outcome = Words.lower(decision.outcome());
            String word =
                outcome.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + outcome.substring(1);
            cli.print(cli.ink().bold(Words.safe(word)) + ": " + Words.safe(intent.title()));
          }
          return applied.applied() ? Exit.DONE : Exit.ERROR;
        });
  }

  private void print(List<Task> tasks, boolean ended) {
    Table table =
        ended
            ? new Table("REQUEST", "WHAT", "FROM", "OUTCOME", "BY")
            : new Table("REQUEST", "WHAT", "FROM", "ASKED", "EXPIRES");
    for (Task task : tasks) {
      String what = Words.cut(task.title(), 48);
      String from = Words.shortName(task.from());
      if (ended) {
        table.row(
            task.intentId().toString(),
            what,
            from,
            task.outcome().orElse(Words.lower(task.status().name())),
            task.decidedBy().orElse(""));
      } else {
        table.row(
            task.intentId().toString(),
            what,
            from,
            task.assignedAt().map(Words::ago).orElse(""),
            task.dueAt().map(Words::ahead).orElse("never"));
      }
    }
    table.print(cli.shell().out(), cli.ink());
    if (!ended) {
      cli.say("");
      cli.say(
          "Look at one: `axme tasks get ID`. Decide: `axme tasks approve ID` or `axme tasks reject ID`.");
    }
  }
}
