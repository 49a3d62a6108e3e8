package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good bundles, spoiled at random: validating never fails, and applying always agrees with it. */
class BundleFuzzTest {
  private static final int BUNDLES = 500;
  private static final String VALUES =
      """
      null | true | false | 0 | 1 | -1 | 1.5 | 1e400 | 99999999999999999999 | "" | " " | "x" | "0" |
      "17" | "true" | "end" | "complete" | {} | [] | [[]] | ["x"] | {"x":1} | "work" | "sign" |
      "pause" | "worker" | "boss" | "second" | "worker-bot" | "Worker Bot" | "agent://agent_core" |
      "agent://a/b" | "agent://a/b/c" | "agent:///" | "a@b.c" | "org_owner" | "\\u0000" |
      "\\u202e" | "é" | "delay" | "timeout" | "reminder" | "escalation" | "notification" |
      "human_approval" | "tool.internal.delay" | "tool.notification.notify_owner" | "http" |
      "macro.approval.single.v1" | "macro.agent_then_approval.v1" | "2020-01-01T00:00:00Z" |
      "2099-01-01T00:00:00Z" | {"title":"T"} | {"seconds":1} | {"form_schema":{"type":"object"}} |
      {"assignees":["boss","x"]} | {"$ref":"#"} | [{"step_id":"work"}] |
      [{"role":"worker","address":"worker-bot"}]
      """;

  @TempDir private Path data;

  @Test
  void whatIsValidIsAcceptedAndNothingElseIs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int valid = 0;
    try (Running running = Running.start(data)) {
      for (int i = 0; i < BUNDLES; i++) {
        ObjectNode bundle = BadBundleTest.good();
        if (random.nextBoolean()) {
          bundle.withObject("/intent").remove("deadline_seconds");
        }
        int changes = 1 + random.nextInt(3);
        for (int n = 0; n < changes; n++) {
          spoil(bundle, random);
        }
        String what = "seed " + seed + ", bundle " + i + ": " + bundle;
        Got said =
            running.send("POST", "/v1/scenarios/validate", running.login(), bundle.toString());
        assertThat(said.status()).as(what).isEqualTo(200);
        Got done = running.send("POST", "/v1/scenarios/apply", running.login(), bundle.toString());

        boolean good = said.json().path("valid").booleanValue();
        assertThat(good).as(what).isEqualTo(said.json().path("errors").isEmpty());
        assertThat(done.status() == 200)
            .as(what + " " + said.body() + " " + done.body())
            .isEqualTo(good);
        assertThat(done.status()).as(what + " " + done.body()).isLessThan(500);
        valid += good ? 1 : 0;
      }
    }
    assertThat(valid).as("seed " + seed).isBetween(BUNDLES / 20, BUNDLES - BUNDLES / 20);
  }

  private static void spoil(ObjectNode bundle, Random random) {
    List<JsonNode> holders = new ArrayList<>();
    holders(bundle, holders);
    JsonNode holder = holders.get(random.nextInt(holders.size()));
    switch (holder) {
      case ObjectNode object -> spoil(object, value(random, bundle), random);
      case ArrayNode list when list.isEmpty() -> list.add(value(random, bundle));
      case ArrayNode list -> {
        int at = random.nextInt(list.size());
        switch (random.nextInt(4)) {
          case 0 -> list.remove(at);
          case 1 -> list.add(list.get(at).deepCopy());
          case 2 -> list.insert(0, list.remove(at));
          default -> list.set(at, value(random, bundle));
        }
      }
      default -> throw new IllegalStateException("Expected an object or a list");
    }
  }

  private static void spoil(ObjectNode object, JsonNode value, Random random) {
    List<String> names = new ArrayList<>(List.of("x"));
    if (object.has("type")) {
      names.addAll(List.of("deadline_at", "ttl_seconds", "human_task", "escalate_to"));
    } else if (object.has("step_id")) {
      names.addAll(List.of("on_success", "on_failure", "runtime_type", "human_task", "config"));
    } else if (object.has("steps")) {
      names.addAll(List.of("entry_step", "macro_id"));
    }
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1, 2 -> object.set(name, fitting(name, value, random));
      default -> object.set(name, value);
    }
  }

  /** A value that a field of this name may have, rightly or just not. */
  private static JsonNode fitting(String name, JsonNode otherwise, Random random) {
    List<String> values =
        switch (name) {
          case "deadline_at" -> List.of("2020-01-01T00:00:00Z", "2027-06-01T00:00:00Z");
          case "on_success", "on_failure", "entry_step" -> List.of("work", "pause", "sign", "end");
          case "assigned_to", "role" -> List.of("worker", "second", "boss", "agent://bob");
          case "address" -> List.of("worker-bot", "second-bot", "Worker-Bot", "third bot");
          case "runtime_type" ->
              List.of("delay", "timeout", "reminder", "escalation", "notification");
          case "macro_id" -> List.of("macro.approval.single.v1", "macro.agent_then_approval.v1");
          default -> List.of();
        };
    return values.isEmpty()
        ? otherwise
        : TextNode.valueOf(values.get(random.nextInt(values.size())));
  }

  private static JsonNode value(Random random, JsonNode bundle) {
    String[] values = VALUES.strip().split(" ?\\|\\s+", -1);
    if (random.nextInt(8) == 0) {
      List<JsonNode> holders = new ArrayList<>();
      holders(bundle, holders);
      return holders.get(random.nextInt(holders.size())).deepCopy();
    }
    return Json.read(values[random.nextInt(values.length)].getBytes(StandardCharsets.UTF_8));
  }

  private static void holders(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode()) {
      holders.add(node);
    }
    node.forEach(child -> holders(child, holders));
  }
}
