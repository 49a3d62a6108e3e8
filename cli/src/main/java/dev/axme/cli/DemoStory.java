package dev.axme.cli;

import dev.axme.sdk.Applied;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Decision;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.IntentStatus;
import dev.axme.sdk.Result;
import dev.axme.sdk.Sent;
import dev.axme.sdk.TaskQuery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the demo. Each one is checked: what did not happen ends the story with what was
 * found instead.
 */
final class DemoStory {
  private static final String TASK = "Deploy model v2.3 to production";

  private final Cli cli;
  private final Ink ink;
  private final PrintStream out;
  private final Path data;
  private final boolean unattended;
  private int step;

  DemoStory(Cli cli, Path data, boolean unattended) {
    this.cli = cli;
    this.ink = cli.ink();
    this.out = cli.json() ? cli.shell().err() : cli.shell().out();
    this.data = data;
    this.unattended = unattended;
  }

  /** An answer, and when the requester had it. */
  private record Heard(Result result, long at) {}

  int tell() throws IOException {
    out.println();
    out.println(ink.bold("An approval that survives anything"));

    step("A server starts on an empty directory.");
    DemoServer first = DemoServer.start(data, 0);
    fact("serving", first.serving().baseUrl() + ", process " + first.pid());

    AxmeClient agent = client(first.serving(), first.serving().agentApiKey().orElseThrow());
    step("An agent asks, and waits for the answer.");
    Sent sent = agent.send(request());
    UUID id = sent.intentId();
    check(sent.status() == IntentStatus.WAITING, "the request to wait", sent.status());
    fact("asked", ink.bold(TASK));
    fact("request", id.toString());
    CompletableFuture<Heard> answer = waiting(agent, id);
    List<IntentEvent> before = agent.events(id, 0);

    DemoServer second = killAndRestart(first, agent, id, before);
    long decidedAt = decide(second, id, answer);
    Heard heard = await(answer);
    step("The agent has the answer.");
    report(heard, decidedAt);
    List<IntentEvent> events = agent.events(id, 0);
    timeline(events, before);
    second.stop();
    finish(id, heard.result());
    return unattended && !(heard.result() instanceof Result.Approved) ? Exit.ERROR : Exit.DONE;
  }

  private DemoServer killAndRestart(
      DemoServer first, AxmeClient agent, UUID id, List<IntentEvent> before) throws IOException {
    step("The server is killed while the approval waits: kill -9 " + first.pid());
    check(first.kill(), "process " + first.pid() + " to be gone", "it lives");
    fact("gone", "process " + first.pid() + "; the agent knows nothing of it and waits on");

    step("It starts again on the same files.");
    DemoServer second = DemoServer.start(data, first.port());
    check(second.pid() != first.pid(), "another process", second.pid());
    Intent intent = agent.get(id);
    check(intent.status() == IntentStatus.WAITING, "the request to wait still", intent.status());
    List<IntentEvent> after = agent.events(id, 0);
    check(after.equals(before), "the same events as before", after);
    fact("serving", second.serving().baseUrl() + ", process " + second.pid());
    fact("kept", "the request still waits, its " + after.size() + " events are the same");
    return second;
  }

  private IntentRequest request() {
    return IntentRequest.approval(TASK)
        .payload("risk_level", "high")
        .payload("model", "v2.3")
        .payload("target", "production")
        .build();
  }

  /**
   * The requester: it began to wait before anything was killed, and it stays the same one to the
   * end.
   */
  private static CompletableFuture<Heard> waiting(AxmeClient agent, UUID id) {
    CompletableFuture<Heard> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("requester")
        .start(
            () -> {
              try {
                Result result = agent.waitFor(id);
                answer.complete(new Heard(result, System.nanoTime()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  /**
   * Lets somebody decide; answers with when the decision left from here, 0 when it was made
   * elsewhere.
   */
  private long decide(DemoServer server, UUID id, CompletableFuture<Heard> answer) {
    AxmeClient person = client(server.serving(), server.serving().apiKey().orElseThrow());
    boolean listed =
        person.tasks(TaskQuery.open()).items().stream()
            .anyMatch(task -> task.intentId().equals(id));
    check(listed, "the request among what waits for the owner", "nothing");
    if (unattended) {
      step("Somebody approves.");
      return decide(person, id, Decision.approve().because("Approved by axme demo --yes"));
    }
    step("Now it is yours to decide.");
    fact("page", DemoQuestion.page(server.serving(), id));
    fact("shell", otherTerminal(server.serving(), id));
    out.println();
    return new DemoQuestion(cli.shell())
        .ask("     Deploy to production? [y/n] ", answer)
        .map(yes -> decide(person, id, yes ? Decision.approve() : Decision.reject()))
        .orElse(0L);
  }

  private String otherTerminal(Serving serving, UUID id) {
    return ink.faint(
        cli.shell().program()
            + " tasks approve "
            + id
            + " --base-url "
            + serving.baseUrl()
            + " --api-key "
            + serving.apiKey().orElseThrow());
  }

  private long decide(AxmeClient person, UUID id, Decision decision) {
    long at = System.nanoTime();
    Applied applied = person.decide(id, decision);
    check(applied.applied(), "the decision to count", applied.raw());
    return at;
  }

  private Heard await(CompletableFuture<Heard> answer) {
    try {
      return answer.get(unattended ? 30 : 315_360_000, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.error("Interrupted");
    } catch (ExecutionException | TimeoutException e) {
      throw CliException.error("The agent never got the answer: " + e);
    }
  }

  private void report(Heard heard, long decidedAt) {
    Result result = heard.result();
    String sentence = Words.safe(result.sentence());
    fact("answer", result instanceof Result.Approved ? ink.green(sentence) : ink.red(sentence));
    if (decidedAt != 0) {
      long millis = Duration.ofNanos(heard.at() - decidedAt).toMillis();
      fact("heard", "after " + millis + " ms, by the agent that asked before the kill");
    }
  }

  private void timeline(List<IntentEvent> events, List<IntentEvent> before) {
    out.println();
    out.println(ink.bold("What happened"));
    for (int i = 0; i < events.size(); i++) {
      check(events.get(i).seq() == i + 1, "events without a gap", events.get(i).raw());
      out.println("     " + EventLine.of(events.get(i), ink));
      if (i == before.size() - 1) {
        out.println("     " + ink.faint("               (killed and restarted here)"));
      }
    }
    check(events.getLast().terminal(), "an end", events.getLast().raw());
    out.println();
  }

  private void finish(UUID id, Result result) {
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("intent_id", id);
      json.put("end", Following.word(result));
      json.put("data", result.data());
      cli.printJson(json);
    } else {
      out.println(
          cli.prose("Now your own: `axme up`, then `axme intents send \"Deploy it\" --wait`."));
    }
  }

  private static AxmeClient client(Serving serving, String key) {
    return AxmeClient.builder().baseUrl(serving.baseUrl()).apiKey(key).build();
  }

  private void step(String sentence) {
    step++;
    out.println();
    out.println(ink.blue(" " + step + "  ") + sentence);
  }

  private void fact(String name, String value) {
    out.println(
        "     " + ink.faint(name + " ".repeat(Math.max(0, 8 - name.length()))) + " " + value);
  }

  private static void check(boolean happened, String expected, Object found) {
    if (!happened) {
      throw CliException.error("Expected " + expected + ", found " + found);
    }
  }
}
