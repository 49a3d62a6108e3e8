package dev.axme.cli;

import dev.axme.sdk.IntentRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code intents send} takes beside the sentence. */
final class SendOptions {
  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      defaultValue = "agent://approver",
      description = "A person, role or agent; everybody who may decide unless you say.")
  String to = "";

  @Option(
      names = {"--type", "--intent-type"},
      paramLabel = "TYPE",
      defaultValue = "human_approval",
      description = "The intent's type; human_approval unless you say.")
  String type = "";

  @Mixin FieldOptions fields = new FieldOptions();

  @Option(names = "--title", paramLabel = "TEXT", hidden = true, description = "The same as WHAT.")
  @Nullable String title;

  @Option(
      names = "--deadline",
      paramLabel = "WHEN",
      description = "When it expires: 2h, 7d, or 2027-01-31T12:00:00Z. Never unless you say.")
  @Nullable String deadline;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Sending again with the same key finds the first request.")
  @Nullable String idempotencyKey;

  @Option(names = "--wait", description = "Wait for the end, and exit by it.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      description = "With --wait: stop waiting after 90s, 30m, 2h; the request goes on.")
  @Nullable String timeout;

  IntentRequest request(Optional<String> what) {
    IntentRequest.Builder request = IntentRequest.builder(type).to(to);
    what.or(() -> Optional.ofNullable(title)).ifPresent(text -> request.payload("task", text));
    request.payload(fields.values());
    if (deadline != null) {
      request.deadline(Spans.moment("--deadline", deadline));
    }
    if (idempotencyKey != null) {
      request.idempotencyKey(idempotencyKey);
    }
    return request.build();
  }

  Optional<Duration> timeout() {
    return Optional.ofNullable(timeout).map(text -> Spans.parse("--timeout", text));
  }
}
