package dev.axme.cli;

import dev.axme.sdk.Applied;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Decision;
import dev.axme.sdk.Directory;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentQuery;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.IntentStatus;
import dev.axme.sdk.Result;
import dev.axme.sdk.Task;
import dev.axme.sdk.TaskQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the demo: an agent's task, from its mailbox over a person's approval to its end,
 * with everything killed in the middle. Each step is checked by what the server has on record; what
 * did not happen ends the story with what was found instead.
 */
final class DemoStory {
  private static final String REQUESTER = "release-pipeline";
  private static final String TASK = "Deploy model v2.3 to production";

  private final Cli cli;
  private final Ink ink;
  private final Narration narration;
  private final Path data;
  private final boolean unattended;
  private final List<DemoProcess> started = new ArrayList<>();

  DemoStory(Cli cli, Path data, boolean unattended) {
    this.cli = cli;
    this.ink = cli.ink();
    this.narration = new Narration(cli);
    this.data = data;
    this.unattended = unattended;
  }

  /** What runs at the moment, and the keys of those who take part. */
  private record Stage(DemoServer server, DemoAgent agent, String agentKey, String requesterKey) {
    Serving serving() {
      return server.serving();
    }

    AxmeClient owner() {
      return client(serving(), serving().apiKey().orElseThrow());
    }

    AxmeClient requester() {
      return client(serving(), requesterKey);
    }
  }

  /** The task, the approval that the agent asked for, and what was on record before the kill. */
  private record Work(UUID task, UUID approval, DemoTimeline before) {}

  /** Whatever happens to the story, no process outlives it. */
  int tell() throws IOException {
    try {
      return told();
    } finally {
      started.forEach(DemoProcess::kill);
    }
  }

  private int told() throws IOException {
    narration.title("An agent's work that survives anything");
    Stage first = begin();
    UUID task = send(first);
    CompletableFuture<Heard> end = Heard.end(first.requester(), task);
    Work work = asked(first, task);
    Stage second = killAndRestart(first, work);
    CompletableFuture<Heard> decision = Heard.end(second.owner(), work.approval());
    long decidedAt = decide(second, work, decision);
    Result answer = Heard.soon(decision, "a decision").result();
    Heard heard = Heard.soon(end, "the end of the task");
    DemoTimeline timeline = wakes(second, work, answer, heard, decidedAt);
    narration.title("What happened");
    timeline.print(narration, work.before(), ink);
    second.agent().stop();
    second.server().stop();
    finish(work, answer, heard.result());
    return unattended && !(heard.result() instanceof Result.Completed) ? Exit.ERROR : Exit.DONE;
  }

  private Stage begin() throws IOException {
    narration.step("A server starts on an empty directory.");
    DemoServer server = DemoServer.start(data, 0);
    started.add(server.process());
    narration.fact("serving", server.serving().baseUrl() + ", process " + server.pid());

    narration.step("An agent starts, and listens for work.");
    Directory directory =
        client(server.serving(), server.serving().apiKey().orElseThrow()).directory();
    String agentKey = key(directory, DemoAgent.NAME);
    String requesterKey = key(directory, REQUESTER);
    DemoAgent agent = DemoAgent.start(data, server.serving().baseUrl(), agentKey);
    started.add(agent.process());
    narration.fact("agent", DemoAgent.NAME + ", process " + agent.pid());
    return new Stage(server, agent, agentKey, requesterKey);
  }

  private static String key(Directory directory, String agent) {
    return directory.createKey(directory.createAccount(agent).id()).secret();
  }

  private UUID send(Stage stage) {
    narration.step("A task arrives in its mailbox.");
    UUID task =
        stage
            .requester()
            .send(
                IntentRequest.builder("deploy")
                    .to(DemoAgent.NAME)
                    .payload("task", TASK)
                    .idempotencyKey("release-2.3")
                    .build())
            .intentId();
    narration.fact("task", ink.bold(TASK));
    narration.fact("from", REQUESTER + ", which waits for the end");
    return task;
  }

  private Work asked(Stage stage, UUID task) throws IOException {
    narration.step("The agent takes it, and asks a person before it acts.");
    check(stage.agent().did("took").equals(task), "the agent to take " + task, "another task");
    UUID approval = stage.agent().did("asked");
    Intent taken = stage.owner().get(task);
    check(taken.raw().get("picked_up_at") != null, "the task to be picked up", taken.raw());
    List<Task> open = stage.owner().tasks(TaskQuery.open()).items();
    check(only(open, approval), "one question for the owner, " + approval, open);
    narration.fact("asked", ink.bold(open.getFirst().title() + "?"));
    narration.fact("request", approval.toString());
    narration.fact("key", "follows from the task, so asking again finds this request");
    return new Work(task, approval, DemoTimeline.of(stage.owner(), task, approval));
  }

  private Stage killAndRestart(Stage first, Work work) throws IOException {
    long server = first.server().pid();
    long agent = first.agent().pid();
    narration.step("Both are killed while the approval waits: kill -9 " + server + " " + agent);
    check(first.agent().kill(), "process " + agent + " to be gone", "it lives");
    check(first.server().kill(), "process " + server + " to be gone", "it lives");
    narration.fact("gone", "processes " + server + " and " + agent);

    narration.step("Both start again, on the same files.");
    DemoAgent newAgent = DemoAgent.start(data, first.serving().baseUrl(), first.agentKey());
    started.add(newAgent.process());
    DemoServer newServer = DemoServer.start(data, first.server().port());
    started.add(newServer.process());
    Stage second = new Stage(newServer, newAgent, first.agentKey(), first.requesterKey());
    narration.fact("serving", second.serving().baseUrl() + ", process " + newServer.pid());
    narration.fact("agent", DemoAgent.NAME + ", process " + newAgent.pid());
    kept(second, work);
    return second;
  }

  private void kept(Stage second, Work work) throws IOException {
    Intent approval = second.owner().get(work.approval());
    check(approval.status() == IntentStatus.WAITING, "the approval to wait", approval.status());
    DemoTimeline after = DemoTimeline.of(second.owner(), work.task(), work.approval());
    check(after.equals(work.before()), "the same events as before", after);
    narration.fact("kept", "the approval waits; all " + after.size() + " events are the same");

    check(second.agent().did("took").equals(work.task()), "the same task again", "another one");
    UUID again = second.agent().did("asked");
    check(again.equals(work.approval()), "the approval " + work.approval(), again);
    List<Intent> all = second.owner().list(IntentQuery.newest()).items();
    check(all.size() == 2, "one task and one approval", all);
    narration.fact("again", "the agent was handed its task, asked, and found the same request");
  }

  /**
   * Lets somebody decide; answers with when the decision left from here, 0 when it was made
   * elsewhere.
   */
  private long decide(Stage stage, Work work, CompletableFuture<Heard> elsewhere) {
    AxmeClient person = stage.owner();
    if (unattended) {
      narration.step("Somebody approves.");
      Decision yes = Decision.approve().because("Approved by axme demo --yes");
      return decide(person, work.approval(), yes);
    }
    narration.step("Now it is yours to decide.");
    narration.fact("page", DemoQuestion.page(stage.serving(), work.approval()));
    narration.fact("shell", ink.faint(otherTerminal(stage.serving(), work.approval())));
    narration.line("");
    return new DemoQuestion(cli.shell())
        .ask("     Deploy to production? [y/n] ", elsewhere)
        .map(yes -> decide(person, work.approval(), yes ? Decision.approve() : Decision.reject()))
        .orElse(0L);
  }

  private String otherTerminal(Serving serving, UUID id) {
    return "%s tasks approve %s --base-url %s --api-key %s"
        .formatted(cli.shell().program(), id, serving.baseUrl(), serving.apiKey().orElseThrow());
  }

  private static long decide(AxmeClient person, UUID approval, Decision decision) {
    long at = System.nanoTime();
    Applied applied = person.decide(approval, decision);
    check(applied.applied(), "the decision to count", applied.raw());
    return at;
  }

  private DemoTimeline wakes(Stage stage, Work work, Result answer, Heard heard, long decidedAt)
      throws IOException {
    narration.step("The decision wakes the agent.");
    check(stage.agent().did("finished").equals(work.task()), "the task to end", "another one");
    boolean approved = answer instanceof Result.Approved;
    String sentence = Words.safe(answer.sentence());
    narration.fact("answer", approved ? ink.green(sentence) : ink.red(sentence));

    List<Path> deployed = DemoAgent.deployed(data);
    check(deployed.size() == (approved ? 1 : 0), "to act once if approved", deployed);
    narration.fact("acted", approved ? "once, by process " + stage.agent().pid() : "not at all");
    DemoTimeline timeline = DemoTimeline.of(stage.owner(), work.task(), work.approval());
    check(timeline.continues(work.before()), "the events from before, and more", timeline);
    if (approved) {
      actedOnce(work, heard.result(), deployed);
    }
    long millis = Duration.ofNanos(heard.at() - decidedAt).toMillis();
    String after = decidedAt == 0 ? "" : ", " + millis + " ms after the decision";
    narration.fact("task", Following.word(heard.result()) + after);
    narration.fact("heard", "by " + REQUESTER + ", which has waited since before the kill");
    return timeline;
  }

  /** What was done and what was reported name the one approval. */
  private static void actedOnce(Work work, Result end, List<Path> deployed) {
    String approval = work.approval().toString();
    check(deployed.getFirst().endsWith(approval), "a deployment for " + approval, deployed);
    check(end instanceof Result.Completed, "the task to be completed", end);
    check(approval.equals(end.data().get("approval_id")), "a report on " + approval, end);
  }

  private void finish(Work work, Result answer, Result end) {
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("intent_id", work.task());
      json.put("approval_id", work.approval());
      json.put("decision", Following.word(answer));
      json.put("end", Following.word(end));
      json.put("data", end.data());
      cli.printJson(json);
    } else {
      cli.print(
          cli.prose("Now your own: `axme up`, then `axme intents send \"Deploy it\" --wait`."));
    }
  }

  private static boolean only(List<Task> open, UUID approval) {
    return open.size() == 1 && open.getFirst().intentId().equals(approval);
  }

  private static AxmeClient client(Serving serving, String key) {
    return AxmeClient.builder().baseUrl(serving.baseUrl()).apiKey(key).build();
  }

  private static void check(boolean happened, String expected, Object found) {
    Narration.check(happened, expected, found);
  }
}
