import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
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

/**
 * An agent that deploys what it is told to, once a person has approved it. It keeps nothing in
 * memory that matters: kill it anywhere and start it again.
 */
final class Agent {
  private static final Path DEPLOYMENTS = Path.of("deployments");

  private final AxmeClient axme;

  private Agent(AxmeClient axme) {
    this.axme = axme;
  }

  public static void main(String[] args) throws IOException {
    if (System.getenv().getOrDefault("AXME_API_KEY", "").isEmpty()) {
      System.err.println("Set AXME_API_KEY to the agent key that `axme up` printed.");
      System.exit(2);
    }
    // A server that is away for hours is waited for.
    AxmeClient axme = AxmeClient.builder().environment().retryFor(Duration.ofDays(1)).build();
    try {
      new Agent(axme).work();
    } catch (AxmeException e) {
      System.err.println("The server refused: " + e.status() + " " + e.detail());
      System.exit(1);
    }
  }

  /** Goes on for ever. Begins with what the last run did not finish. */
  private void work() throws IOException {
    String address = axme.me().address();
    System.out.println("Listening as " + address);
    for (Delivery task : axme.listen(address)) {
      if (!task.intentType().equals("deploy")) {
        continue;
      }
      try {
        deploy(task);
      } catch (AxmeException e) {
        if (!e.code().equals("intent_terminal")) {
          throw e;
        }
        System.out.println("Somebody else has ended " + task.intentId());
      }
    }
  }

  private void deploy(Delivery task) throws IOException {
    String what = String.valueOf(task.payload().get("what"));
    // The key follows from the task: the run after a crash finds the approval that this one asked.
    Sent approval =
        axme.send(
            IntentRequest.approval("Deploy " + what + " to production")
                .payload("risk_level", "high")
                .idempotencyKey(task.keyFor("approval"))
                .build());
    System.out.println("Waiting for a person: ./axme tasks approve " + approval.intentId());
    Result answer = axme.waitFor(approval.intentId());
    System.out.println(answer.sentence());
    if (answer instanceof Result.Approved) {
      deployOnce(approval.intentId(), what);
      String approvalId = approval.intentId().toString();
      axme.complete(task.intentId(), Map.of("deployed", what, "approval_id", approvalId));
    } else {
      axme.fail(task.intentId(), answer.sentence());
    }
    System.out.println("Finished " + task.intentId());
  }

  /** Acts once for an approval, however often it is called: the file is made by one call only. */
  private void deployOnce(UUID approval, String what) throws IOException {
    Files.createDirectories(DEPLOYMENTS);
    Path file = DEPLOYMENTS.resolve(approval.toString());
    try {
      Files.writeString(file, what + "\n", StandardOpenOption.CREATE_NEW);
      System.out.println("Deployed " + what);
    } catch (FileAlreadyExistsException done) {
      System.out.println("An earlier run has deployed " + what);
    }
  }
}
