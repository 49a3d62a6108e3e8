package dev.axme.sdk;

/** The example of {@link AxmeClient}, compiled so that it stays true. */
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
}
