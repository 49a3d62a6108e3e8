package dev.axme.sdk;

import java.util.Map;
import java.util.UUID;

/** The examples of {@link AxmeClient}, compiled so that they stay true. */
final class AskAndWaitExample {
  private AskAndWaitExample() {}

  static String deployWithApproval(AxmeClient axme) {
    Sent sent =
        axme.send(
            IntentRequest.approval("Deploy model v2.3 to production")
                .payload("risk_level", "high")
                .idempotencyKey("deploy-v2.3")
                .build());
    Result result = axme.waitFor(sent.intentId());
    if (result instanceof Result.Approved approved) {
      return "deployed, as " + approved.answer().by().orElse("somebody") + " said";
    }
    return "not deployed: " + result.sentence();
  }

  static void deployEverything(AxmeClient axme) {
    for (Delivery work : axme.listen("deployer")) {
      Sent sent =
          axme.send(
              IntentRequest.approval("Deploy " + work.payload().get("version"))
                  .idempotencyKey(work.keyFor("approval"))
                  .build());
      Result result = axme.waitFor(sent.intentId());
      if (result instanceof Result.Approved) {
        axme.complete(work.intentId(), Map.of("deployed", deployOnce(sent.intentId())));
      } else {
        axme.fail(work.intentId(), result.sentence());
      }
    }
  }

  /** Does nothing when it was done for that approval before. */
  private static boolean deployOnce(UUID approval) {
    return approval.version() > 0;
  }
}
