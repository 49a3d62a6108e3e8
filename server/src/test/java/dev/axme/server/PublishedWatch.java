package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code --watch} of the published command line (protocol section 15.4): it reads a stream line by
 * line, never a line of 64 KiB, asks for the intent after each stream, and tells who holds it.
 */
final class PublishedWatch {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_STREAMS = 60;
  private static final Set<String> TERMINAL =
      Set.of("COMPLETED", "FAILED", "CANCELED", "TIMED_OUT");

  private final PublishedCli cli;
  private final String intent;
  private final List<String> lines = new ArrayList<>();
  private String text = "SUBMITTED";
  private String holder = "";
  private boolean ended;
  private long since;

  PublishedWatch(PublishedCli cli, String intent) {
    this.cli = cli;
    this.intent = intent;
  }

  /** Watches to the end. */
  List<String> lines() {
    for (int n = 0; !ended; n++) {
      if (n == MOST_STREAMS) {
        throw new AssertionError("Expected an end, but it is still at " + lines);
      }
      stream();
      ended |= TERMINAL.contains(PublishedCli.text(cli.intent(intent), "lifecycle_status"));
    }
    return lines;
  }

  private void stream() {
    String path = "/v1/intents/" + intent + "/events/stream?since=" + since + "&wait_seconds=5";
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(cli.open(path), StandardCharsets.UTF_8))) {
      String data = "";
      String event = "";
      for (String line = reader.readLine(); fits(line); line = reader.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && event.startsWith("intent.")) {
          show(Json.readObject(data.getBytes(StandardCharsets.UTF_8)));
          event = "";
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its scanner stops at a longer line, and says nothing. */
  private static boolean fits(@Nullable String line) {
    return line != null && line.getBytes(StandardCharsets.UTF_8).length < LONGEST_LINE;
  }

  private void show(ObjectNode event) {
    since = event.path("seq").longValue() + 1;
    String now = holder(event);
    if (!now.isEmpty() && !now.equals(holder)) {
      if (!holder.isEmpty() && !holder.equals("agent_core")) {
        lines.add(holder + " completed");
      }
      text = "";
    }
    holder = now.isEmpty() ? holder : now;
    String words = words(event, now);
    if (!words.equals(text)) {
      lines.add(words);
    }
    text = words;
    ended |=
        TERMINAL.contains(PublishedCli.text(event, "status"))
            || PublishedCli.text(event, "event_type").equals("intent.timed_out");
  }

  private static String words(JsonNode event, String holder) {
    JsonNode details = event.path("details");
    String status = PublishedCli.text(event, "status");
    return switch (PublishedCli.text(event, "event_type")) {
      case "intent.human_task_assigned" ->
          status + " (for human) " + PublishedCli.text(event.path("human_task"), "title");
      case "intent.reminder" -> "reminder to " + holder;
      case "intent.escalated" -> "escalated to " + PublishedCli.text(details, "escalated_to");
      case "intent.delivery_failed" ->
          "FAILED attempt " + PublishedCli.text(details, "delivery_attempt");
      default -> status.equals("WAITING") ? status + forWhom(event) + " " + holder : status;
    };
  }

  private static String forWhom(JsonNode event) {
    boolean human =
        PublishedCli.text(event, "waiting_reason").contains("HUMAN")
            || PublishedCli.text(event, "lifecycle_waiting_reason").contains("HUMAN");
    return human ? " (for human)" : " (for agent)";
  }

  private static String holder(JsonNode event) {
    JsonNode pending = event.path("pending_with");
    String name = PublishedCli.text(pending, "name");
    name = name.isEmpty() ? PublishedCli.text(pending, "ref") : name;
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
