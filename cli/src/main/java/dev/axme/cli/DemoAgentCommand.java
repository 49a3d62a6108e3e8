package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Delivery;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.Result;
import dev.axme.sdk.Sent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The agent of the demo: takes its work, asks a person before it acts, acts once, reports. It keeps
 * nothing. Killed anywhere, its next run is handed the same work, finds the same approval by the
 * key that follows from the work, and finds what was done by the approval's id.
 */
@Command(name = DemoAgentCommand.NAME, description = "The agent of axme demo.")
final class DemoAgentCommand implements Callable<Integer> {
  static final String NAME = "demo-agent";

  private final Cli cli;

  @Parameters(description = "Where it deploys to.")
  Path deployments = Path.of("");

  DemoAgentCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException {
    // Not the caller's connection: a stored context would come before the demo's own server.
    AxmeClient axme = AxmeClient.builder().environment().retryFor(Duration.ofHours(1)).build();
    for (Delivery work : axme.listen(DemoAgent.NAME)) {
      say("took", work.intentId());
      Sent approval = axme.send(question(work));
      say("asked", approval.intentId());
      Result decision = axme.waitFor(approval.intentId());
      if (decision instanceof Result.Approved) {
        deployOnce(approval.intentId());
        axme.complete(
            work.intentId(),
            Map.of("deployed", "model v2.3", "approval_id", approval.intentId().toString()));
      } else {
        axme.fail(work.intentId(), decision.sentence());
      }
      say("finished", work.intentId());
    }
    return Exit.DONE;
  }

  private static IntentRequest question(Delivery work) {
    IntentRequest.Builder question =
        IntentRequest.approval(String.valueOf(work.payload().get("task")))
            .payload("risk_level", "high")
            .payload("model", "v2.3")
            .payload("target", "production")
            .payload("task_id", work.intentId().toString())
            .idempotencyKey(work.keyFor("approval"));
    work.correlationId().ifPresent(question::correlationId);
    return question.build();
  }

  /** The deployment: who finds that approval's file there has nothing left to do. */
  private void deployOnce(UUID approval) throws IOException {
    Files.createDirectories(deployments);
    try {
      Files.writeString(
          deployments.resolve(approval.toString()),
          "process " + ProcessHandle.current().pid() + "\n",
          StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException done) {
      say("had_deployed", approval);
    }
  }

  private void say(String what, UUID intent) {
    cli.printJson(Map.of(what, intent));
  }
}
