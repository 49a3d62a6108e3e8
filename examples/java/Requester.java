import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.Result;
import dev.axme.sdk.Sent;
import java.time.Duration;

/** Gives the agent a task and waits for its end. The same words are the same task. */
final class Requester {
  private Requester() {}

  public static void main(String[] args) {
    if (System.getenv().getOrDefault("AXME_API_KEY", "").isEmpty()) {
      System.err.println("Set AXME_API_KEY to the agent key that `axme up` printed.");
      System.exit(2);
    }
    String what = args.length == 0 ? "model v2.3" : String.join(" ", args);
    AxmeClient axme = AxmeClient.builder().environment().retryFor(Duration.ofDays(1)).build();
    try {
      System.exit(request(axme, what));
    } catch (AxmeException e) {
      System.err.println("The server refused: " + e.status() + " " + e.detail());
      System.exit(1);
    }
  }

  private static int request(AxmeClient axme, String what) {
    Sent task =
        axme.send(
            IntentRequest.builder("deploy")
                .to(axme.me().address())
                .payload("what", what)
                .idempotencyKey("deploy " + what)
                .build());
    System.out.println("Sent " + task.intentId());
    Result end = axme.waitFor(task.intentId());
    System.out.println(end.sentence());
    return switch (end) {
      case Result.Completed done -> {
        System.out.println("By approval " + done.data().get("approval_id"));
        yield 0;
      }
      case Result.Failed failed -> 3;
      case Result.Expired expired -> 4;
      case Result.Canceled canceled -> 4;
      case Result.Approved approved -> 0;
      case Result.Rejected rejected -> 3;
    };
  }
}
