package dev.axme.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples run} of the published command line, each to its documented end (15.6). */
class PublishedCliTest {
  private static final Duration SUBMITS_AFTER = Duration.ofMillis(500);

  @TempDir private static Path data;
  private static Running running;

  /** It takes its fifteen seconds: they pass while the other tests run. */
  private static CompletableFuture<Example> timeout;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    timeout =
        CompletableFuture.supplyAsync(
            () -> Example.run(PublishedExamples.INTERNAL_TIMEOUT, Map.of()).watched(),
            PublishedCli.BESIDE);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static PublishedCli login() {
    return new PublishedCli(running.server().baseUrl(), running.login());
  }

  /** An example that was started: its agents run until it is watched to the end. */
  private record Example(
      PublishedCli cli,
      String intent,
      List<PublishedAgent> agents,
      CompletableFuture<List<String>> watch) {

    /** Provisions, starts the agents with what they answer, waits, applies and watches. */
    static Example run(String bundle, Map<String, String> answers) {
      PublishedCli cli = login();
      JsonNode raw = PublishedCli.json(bundle);
      cli.provision(raw);
      List<PublishedAgent> agents = new ArrayList<>();
      answers.forEach(
          (name, answer) ->
              agents.add(cli.agent(name).start(_ -> PublishedAgent.complete(answer))));
      Executor later =
          CompletableFuture.delayedExecutor(
              SUBMITS_AFTER.toMillis(), MILLISECONDS, PublishedCli.BESIDE);
      String intent = CompletableFuture.supplyAsync(() -> cli.submit(raw), later).join();
      return new Example(
          cli,
          intent,
          agents,
          CompletableFuture.supplyAsync(() -> cli.watch(intent), PublishedCli.BESIDE));
    }

    /** Waits until it is asked for; answers what {@code tasks get} reads. */
    JsonNode task() {
      Executor soon = CompletableFuture.delayedExecutor(50, MILLISECONDS);
      for (int n = 0; n < 400; n++) {
        if (cli.tasks().stream().anyMatch(line -> line.startsWith(intent))) {
          return cli.intent(intent);
        }
        CompletableFuture.runAsync(() -> {}, soon).join();
      }
      throw new AssertionError("Expected a task, found " + running.story(intent));
    }

    Example watched() {
      watch.join();
      for (PublishedAgent agent : agents) {
        agent.close();
        assertThat(agent.failures()).isEmpty();
        assertThat(agent.probed()).isLessThan(SUBMITS_AFTER);
      }
      return this;
    }

    List<String> lines() {
      return watch.join();
    }

    JsonNode now() {
      return cli.intent(intent);
    }

    /** Each event's number and type. */
    List<String> events() {
      List<String> events = new ArrayList<>();
      for (JsonNode event : running.events(intent)) {
        events.add(event.path("seq") + " " + event.path("event_type").textValue().substring(7));
      }
      return events;
    }
  }

  @Test
  void deliveryStreamCompletesByTheAgentsAnswer() {
    Example example =
        Example.run(
                PublishedExamples.DELIVERY_STREAM,
                Map.of("stream-report-agent", "{\"report_url\":\"https://x.test/1\",\"pages\":42}"))
            .watched();

    assertThat(example.lines())
        .containsExactly(
            "CREATED",
            "SUBMITTED",
            "DELIVERED",
            "WAITING (for agent) Report Agent",
            "Report Agent completed",
            "IN_PROGRESS",
            "COMPLETED");
    assertThat(example.events())
        .containsExactly(
            "1 created", "2 submitted", "3 delivered", "4 waiting", "5 in_progress", "6 completed");
    assertThat(example.now().path("lifecycle_status").textValue()).isEqualTo("COMPLETED");
    assertThat(example.now().at("/result/report_url").textValue()).isEqualTo("https://x.test/1");
    assertThat(example.agents().getFirst().handled())
        .containsExactly(PublishedCli.json("{\"report\":\"weekly\",\"month\":11}"));
  }

  @Test
  void humanCliWaitsForTasksApprove() {
    Example example =
        Example.run(PublishedExamples.HUMAN_CLI, Map.of("cli-check-agent", "{\"risk\":\"low\"}"));

    JsonNode task = example.task();
    example.cli().decide(example.intent(), "approved", "ok", Map.of());
    example.watched();

    assertThat(task.path("status").textValue()).isEqualTo("WAITING");
    assertThat(task.path("human_task").path("title").textValue()).isEqualTo("Deploy 2.3?");
    assertThat(task.path("human_task").path("task_type").textValue()).isEqualTo("approval");
    assertThat(task.path("human_task").path("allowed_outcomes")).hasSize(2);
    assertThat(PublishedCli.text(task, "due_at")).isNotEmpty();
    assertThat(task.path("remind_after_seconds").intValue()).isEqualTo(600);
    assertThat(task.path("max_reminders").intValue()).isEqualTo(3);
    assertThat(example.lines())
        .containsExactly(
            "CREATED",
            "SUBMITTED",
            "DELIVERED",
            "WAITING (for agent) Change Checker",
            "Change Checker completed",
            "IN_PROGRESS",
            "WAITING (for human) Deploy 2.3?",
            "Operator completed",
            "IN_PROGRESS",
            "COMPLETED");
    assertThat(example.events().subList(4, 8))
        .containsExactly("5 in_progress", "6 human_task_assigned", "7 in_progress", "8 completed");
    JsonNode result = example.now().path("result");
    assertThat(result.path("risk").textValue()).isEqualTo("low");
    assertThat(result.at("/steps/sign_off/result/comment").textValue()).isEqualTo("ok");
  }

  @Test
  void humanEmailIsApprovedByTheBareCommandAlthoughItsFormWantsAField() {
    Example example =
        Example.run(
            PublishedExamples.HUMAN_EMAIL, Map.of("email-budget-agent", "{\"within\":true}"));

    JsonNode task = example.task();
    example.cli().decide(example.intent(), "approved", "", Map.of());
    example.watched();

    assertThat(task.at("/human_task/notify_email").textValue()).isEqualTo("manager@example.test");
    assertThat(example.lines())
        .endsWith(
            "WAITING (for human) Approve the budget",
            "Manager completed",
            "IN_PROGRESS",
            "COMPLETED");
    JsonNode result = example.now().path("result");
    assertThat(result.at("/steps/approve/result/approved").booleanValue()).isTrue();
    assertThat(result.path("within").booleanValue()).isTrue();
  }

  @Test
  void internalTimeoutTimesOutWithoutAnAgent() {
    Example example = timeout.join();

    // The stream of 15 s may end at the same moment, and then the client only asks how it stands.
    assertThat(example.lines())
        .filteredOn(line -> !line.equals("IN_PROGRESS"))
        .containsExactly(
            "CREATED", "SUBMITTED", "DELIVERED", "WAITING (for agent) Slow Worker", "TIMED_OUT");
    assertThat(example.events().subList(3, 6))
        .containsExactly("4 waiting", "5 in_progress", "6 timed_out");
    JsonNode step = running.events(example.intent()).get(4);
    assertThat(step.at("/details/step_status").textValue()).isEqualTo("timed_out");
    assertThat(example.now().path("lifecycle_status").textValue()).isEqualTo("TIMED_OUT");
  }

  @Test
  void fullMultiAgentGoesFromAgentToAgentToAPerson() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("compliance-checker-agent", "{\"compliant\":true}");
    answers.put("risk-assessment-agent", "{\"risk_level\":\"medium\"}");
    Example example = Example.run(PublishedExamples.FULL_MULTI_AGENT, answers);

    example.task();
    example.cli().decide(example.intent(), "approved", "go", Map.of());
    example.watched();

    assertThat(example.lines())
        .containsExactly(
            "CREATED",
            "SUBMITTED",
            "DELIVERED",
            "WAITING (for agent) Compliance Checker",
            "Compliance Checker completed",
            "IN_PROGRESS",
            "WAITING (for agent) Risk Assessment",
            "Risk Assessment completed",
            "IN_PROGRESS",
            "WAITING (for human) Sign off the change",
            "Operations completed",
            "IN_PROGRESS",
            "COMPLETED");
    JsonNode steps = example.now().at("/result/steps");
    assertThat(steps.at("/compliance/result/compliant").booleanValue()).isTrue();
    assertThat(steps.at("/risk/result/risk_level").textValue()).isEqualTo("medium");
    assertThat(steps.at("/sign_off/result/outcome").textValue()).isEqualTo("approved");
    assertThat(example.now().at("/result/risk_level").textValue()).isEqualTo("medium");
    example.agents().forEach(agent -> assertThat(agent.handled()).hasSize(1));
  }

  @Test
  void whatApplyLeavesOfAFileIsStillTheSameWorkflow() {
    PublishedCli cli = login();
    String file =
        PublishedExamples.HUMAN_CLI
            .replace("cli-check-agent", "apply-check-agent")
            .replace("\"tool_id\":\"tool.agent.task.v1\",", "\"retry\":{\"max_retries\":2},")
            .replace(
                "\"tool_id\":\"tool.approval.human_signoff\",",
                "\"runtime_type\":\"human_approval\",")
            .replace("remind_interval_seconds\":600", "remind_interval_seconds\":7");

    String intent = cli.apply(file);
    JsonNode steps = cli.intent(intent).path("steps");
    try (PublishedAgent agent = cli.agent("apply-check-agent")) {
      agent.start(_ -> PublishedAgent.complete("{\"risk\":\"high\"}"));
      agent.probed();
      String another = cli.apply(file);
      JsonNode task = new Example(cli, another, List.of(agent), new CompletableFuture<>()).task();

      assertThat(steps.at("/0/kind").textValue()).isEqualTo("agent");
      assertThat(task.path("waiting_reason").textValue()).isEqualTo("WAITING_FOR_HUMAN");
      assertThat(task.path("remind_after_seconds").intValue()).isEqualTo(600);
      assertThat(task.path("remind_interval_seconds").intValue())
          .as("it drops a step's interval, which is the first one's then")
          .isEqualTo(600);
    }
  }

  @Test
  void aSecondApplyMintsAnotherKeyAndTheFirstStaysGood() {
    PublishedCli cli = login();
    String file = PublishedExamples.DELIVERY_STREAM.replace("stream-report-agent", "twice-agent");

    cli.apply(file);
    String first = cli.keyOf("twice-agent");
    cli.apply(file);
    String second = cli.keyOf("twice-agent");

    assertThat(second).isNotEqualTo(first);
    for (String key : List.of(first, second)) {
      assertThat(cli.call("GET", "/v1/me", key, Optional.empty()).path("address").textValue())
          .endsWith("/twice-agent");
    }
    assertThat(cli.call("GET", "/v1/agents").path("agents"))
        .filteredOn(agent -> PublishedCli.text(agent, "address").endsWith("/twice-agent"))
        .hasSize(1);
  }

  @Test
  void aFileThatIsWrongIsRefusedInOneLineThatNamesThePlace() {
    PublishedCli cli = login();
    String file =
        PublishedExamples.DELIVERY_STREAM.replace(
            "\"assigned_to\":\"reporter\"",
            "\"on_success\":\"nowhere\",\"assigned_to\":\"reporter\"");

    assertThat(cli.validate(file))
        .singleElement()
        .asString()
        .contains("on_success")
        .startsWith("error: ");
    assertThatThrownBy(() -> cli.apply(file))
        .isInstanceOfSatisfying(
            PublishedCli.Refused.class,
            e -> {
              assertThat(e.status()).isEqualTo(422);
              assertThat(e.getMessage()).contains("on_success").doesNotContain("\n");
            });
    assertThat(cli.validate(PublishedExamples.FULL_MULTI_AGENT)).isEmpty();
  }

  @Test
  void aResultThatNoLineHoldsDoesNotStopTheWatch() {
    String big = "{\"text\":\"" + "x".repeat(150_000) + "\"}";
    String bundle =
        PublishedExamples.DELIVERY_STREAM.replace("stream-report-agent", "big-report-agent");

    Example example = Example.run(bundle, Map.of("big-report-agent", big)).watched();

    assertThat(example.lines()).endsWith("Report Agent completed", "IN_PROGRESS", "COMPLETED");
    assertThat(example.now().at("/result/text").textValue()).hasSize(150_000);
  }
}
