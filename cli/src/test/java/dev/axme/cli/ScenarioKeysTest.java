package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which the keys of scenarios' agents lie, as other AXME clients write it. */
class ScenarioKeysTest {
  private static final String FILE =
      """
      {"agents":[
        {"address":"agent://acme/main/worker","service_account_id":"sa_1","key_id":"sak_1",
         "api_key":"key-here","created_at":"2026-01-01T00:00:00Z","base_url":"http://127.0.0.1:8420"},
        {"address":"agent://acme/main/worker","service_account_id":"sa_1","key_id":"sak_2",
         "api_key":"key-there","created_at":"2026-01-01T00:00:00Z","base_url":"https://a.example.org"},
        {"address":"other","service_account_id":"sa_3","key_id":"sak_3","api_key":"key-anywhere"}]}
      """;

  @TempDir private Path home;

  @Test
  void aKeyIsFoundByNameOrAddressForTheServerInUse() throws IOException {
    write(home.resolve(".config"));
    At shell = At.home(home);

    assertThat(shell.axme("scenarios", "key", "worker").line()).isEqualTo("key-here");
    assertThat(shell.axme("scenarios", "key", "agent://acme/main/worker").line())
        .isEqualTo("key-here");
    assertThat(
            shell.axme("scenarios", "key", "worker", "--base-url", "https://a.example.org").line())
        .isEqualTo("key-there");
    assertThat(shell.axme("scenarios", "key", "other", "--json").json())
        .isEqualTo(Map.of("ok", true, "address", "other", "api_key", "key-anywhere"));
    assertThat(shell.axme("scenarios", "key", "work").err())
        .contains("has no key of an agent work");
  }

  @Test
  void theFileLiesWhereTheSystemKeepsSettings() throws IOException {
    Path elsewhere = home.resolve("settings");
    write(elsewhere);
    At shell = At.home(home).with("XDG_CONFIG_HOME", elsewhere.toString());

    assertThat(shell.axme("scenarios", "key", "worker").line()).isEqualTo("key-here");
    assertThat(shell.axme("context", "list").exitCode()).isZero();
    assertThat(home.resolve(".config/axme/config.json")).exists();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    write(home.resolve(".config"));
    Files.writeString(home.resolve(".config/axme/scenario-agents.json"), "{\"agents\":[");

    Typed key = At.home(home).axme("scenarios", "key", "worker");

    assertThat(key.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(key.err()).contains("scenario-agents.json").contains("Correct it");
  }

  private static void write(Path directory) throws IOException {
    Path file = directory.resolve("axme").resolve("scenario-agents.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.format(Json.parseObject(FILE)));
  }
}
