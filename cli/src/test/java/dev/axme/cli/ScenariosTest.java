package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Deliveries;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A workflow from its file to its end, by the command line: against a real server. */
@ExtendWith(RealServer.class)
class ScenariosTest {
  private static final String SCENARIO =
      """
      {"scenario_id":"refund.%1$s","intent":{"type":"money.refund.v1","payload":{"amount":1200}},
       "agents":[{"role":"checker","address":"%1$s","display_name":"Compliance",
                  "create_if_missing":true}],
       "humans":[{"role":"lead","display_name":"Team lead"}],
       "workflow":{"steps":[
        {"step_id":"check","tool_id":"tool.agent.task.v1","assigned_to":"checker",
         "step_deadline_seconds":600},
        {"step_id":"sign","tool_id":"tool.approval.human_signoff","assigned_to":"lead",
         "human_task":{"title":"Pay 1200?"}}]}}
      """;

  @TempDir private Path home;
  private At owner = At.home(Path.of("."));

  @BeforeEach
  void loggedIn(Running server) {
    owner = server.owner(home);
  }

  @Test
  void aScenarioRunsFromItsFileToItsEnd(Running server) {
    String id = apply("runs").line().substring("intent_id=".length());
    CompletableFuture<Typed> watching =
        CompletableFuture.supplyAsync(() -> owner.axme("intents", "watch", id, "--follow"));
    AxmeClient agent = agent(server, owner.axme("scenarios", "key", "runs").line());

    try (Deliveries work = agent.listen("runs")) {
      agent.complete(work.iterator().next().intentId(), Map.of("score", 7));
    }
    Typed half = owner.axme("intents", "log", id);
    Typed approved = owner.axme("tasks", "approve", id, "--comment", "fine");
    Typed watched = watching.join();

    assertThat(half.err()).contains("It is waiting for human Team lead (step sign).");
    assertThat(approved.line()).isEqualTo("Approved: Pay 1200?");
    assertThat(watched.exitCode()).isEqualTo(Exit.DONE);
    assertThat(watched.out().lines().map(line -> line.substring("00:00:00  nn  ".length())))
        .containsSubsequence(
            "waiting for agent Compliance (step check)",
            "runs completed (step check)",
            "waiting for human Team lead (step sign): Pay 1200?",
            "answered: approved by owner@localhost: fine (step sign)")
        .doesNotContain("Compliance completed");
  }

  @Test
  void applyMayWaitForTheEnd() throws IOException {
    Path file =
        file(
            "pause",
            "{\"scenario_id\":\"just.wait\",\"intent\":{\"type\":\"just.wait.v1\"},\"workflow\":{"
                + "\"steps\":[{\"step_id\":\"pause\",\"runtime_type\":\"delay\","
                + "\"runtime_config\":{\"seconds\":1}}]}}");

    Typed applied = owner.axme("scenarios", "apply", file.toString(), "--watch");

    assertThat(applied.exitCode()).isEqualTo(Exit.DONE);
    assertThat(applied.out())
        .startsWith("intent_id=")
        .contains("waiting for time (step pause)")
        .contains("completed.");
  }

  @Test
  void aSecondApplyKeepsTheKeyAndOneThatWasRevokedIsReplaced(Running server) throws IOException {
    Typed first = apply("twice");
    String key = owner.axme("scenarios", "key", "twice").line();
    Typed second = apply("twice", "--json");
    String keyId = entry(second).text("key_id").orElseThrow();

    assertThat(first.err())
        .contains("Agent twice has a new key in ")
        .contains("scenarios key twice");
    assertThat(second.out().lines()).hasSize(1);
    assertThat(entry(second).flag("created")).isFalse();
    assertThat(owner.axme("scenarios", "key", "twice").line()).isEqualTo(key);
    assertThat(agent(server, key).me().address()).endsWith("/twice");

    owner.axme("agents", "keys", "revoke", "twice", "--key-id", keyId);
    Typed third = apply("twice", "--json");

    assertThat(entry(third).flag("created")).isTrue();
    assertThat(owner.axme("scenarios", "key", "twice").line()).isNotEqualTo(key);
  }

  @Test
  void theKeysLieWhereOtherClientsLookForThem(Running server) throws IOException {
    apply("shape");

    Path file = home.resolve(".config/axme/scenario-agents.json");
    JsonView entry =
        JsonView.of(Json.parseObject(Files.readString(file))).each("agents").getFirst();
    assertThat(entry.fields().keySet())
        .containsExactly(
            "address", "service_account_id", "key_id", "api_key", "created_at", "base_url");
    assertThat(entry.text("address")).contains("agent://local/main/shape");
    assertThat(entry.text("base_url")).contains(server.url());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aScenarioWithMistakesNamesAllOfThemAndMakesNothing() throws IOException {
    Path file = file("bad", SCENARIO.formatted("bad").replace("\"type\"", "\"typ\""));
    Files.writeString(
        file, Files.readString(file).replace("\"sign\",", "\"sign\",\"on_success\":\"z\","));

    Typed validated = owner.axme("scenarios", "validate", file.toString());
    Typed indented = owner.axme("scenarios", "validate", file.toString(), "--json");
    Typed applied = owner.axme("scenarios", "apply", file.toString());

    assertThat(validated.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(validated.out()).contains("error: intent.type").contains("steps[1].on_success");
    assertThat(indented.out()).startsWith("{\n  \"ok\"");
    assertThat(indented.json()).containsEntry("valid", false);
    assertThat(applied.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(applied.out()).isEmpty();
    assertThat(applied.err()).contains("intent.type").contains("steps[1].on_success");
    assertThat(owner.axme("agents", "list").out()).doesNotContain("/bad");
  }

  @Test
  void templatesAreTheServers() {
    assertThat(owner.axme("scenarios", "list-templates").out())
        .contains("macro.approval.single.v1");
    assertThat(owner.axme("scenarios", "list-templates", "--json").json()).containsKey("macros");
  }

  private Typed apply(String agent, String... flags) {
    try {
      Path file = file(agent, SCENARIO.formatted(agent));
      List<String> typed = new ArrayList<>(List.of("scenarios", "apply", file.toString()));
      typed.addAll(List.of(flags));
      return owner.axme(typed.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name, String json) throws IOException {
    return Files.writeString(home.resolve(name + ".json"), json);
  }

  private static AxmeClient agent(Running server, String key) {
    return AxmeClient.builder().baseUrl(server.url()).apiKey(key).build();
  }

  private static JsonView entry(Typed applied) {
    return JsonView.of(applied.json()).each("keys").getFirst();
  }
}
