package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.Json;
import dev.axme.sdk.Result;
import dev.axme.sdk.Sent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends, and follows to the end. What is printed on the way differs; the exit code says how it
 * ended.
 */
final class Following {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Cli cli;
  private final AxmeClient client;
  private final Trail trail;

  Following(Cli cli, AxmeClient client) {
    this.cli = cli;
    this.trail = new Trail(cli.ink());
    this.client = client;
  }

  int send(IntentRequest request, boolean wait, Optional<Duration> timeout) {
    Sent sent = client.send(request);
    sent.warnings().forEach(warning -> cli.warn(Words.safe(warning)));
    if (!wait) {
      if (cli.json()) {
        cli.printJson(sent.raw());
      } else {
        cli.print(sent.intentId().toString());
        cli.say("Sent. Follow it: `axme intents watch " + sent.intentId() + "`");
      }
      return Exit.DONE;
    }
    cli.say("Sent " + sent.intentId() + ". Waiting; Ctrl-C stops the waiting, not the request.");
    Optional<Result> end = client.waitFor(sent.intentId(), timeout.orElse(FOR_EVER));
    return finish(sent.intentId(), end);
  }

  /** Prints every event, one line each, as JSON when asked to. */
  int toTheEnd(UUID intentId, long since, Optional<Duration> timeout) {
    Optional<Result> end = client.watch(intentId, since, timeout.orElse(FOR_EVER), this::show);
    if (end.isEmpty()) {
      String now = trail.now().map(whom -> ", " + whom).orElse("");
      cli.say("Still pending" + now + "; it goes on without this terminal.");
    }
    return end.map(Exit::of).orElse(Exit.PENDING);
  }

  private void show(IntentEvent event) {
    if (cli.json()) {
      cli.print(Json.format(event.raw()));
    }
    List<String> lines = trail.lines(event);
    if (!cli.json()) {
      lines.forEach(cli::print);
    }
  }

  private int finish(UUID intentId, Optional<Result> end) {
    if (cli.json()) {
      cli.printJson(asJson(intentId, end));
    } else {
      cli.print(end.map(Result::sentence).map(Words::safe).orElse("Still pending."));
    }
    return end.map(Exit::of).orElse(Exit.PENDING);
  }

  private static Map<String, @Nullable Object> asJson(UUID intentId, Optional<Result> end) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ok", true);
    json.put("intent_id", intentId);
    json.put("end", end.map(Following::word).orElse("pending"));
    json.put("sentence", end.map(Result::sentence).orElse("Still pending."));
    end.ifPresent(result -> json.put("data", result.data()));
    return json;
  }

  /** The end in one word: approved, rejected, ... */
  static String word(Result result) {
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
