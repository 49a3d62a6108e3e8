package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files that other AXME clients read as well. */
class ContextsTest {
  @TempDir private Path home;

  @Test
  void theFirstRunMakesAContextForTheLocalServer() throws IOException {
    Typed list = At.home(home).axme("context", "list", "--json");

    assertThat(list.exitCode()).isZero();
    assertThat(Json.format(Json.parseObject(Files.readString(file("config.json")))))
        .isEqualTo(
            "{\"active_context\":\"default\",\"contexts\":{\"default\":{"
                + "\"base_url\":\"http://127.0.0.1:8420\",\"environment\":\"staging\"}}}");
    assertThat(file("secrets.json")).doesNotExist();
  }

  @Test
  void bothFilesAreTheirOwnersAloneAndNothingIsLeftBeside() throws IOException {
    At.home(home)
        .axme("context", "set", "prod", "--base-url", "https://a.example.org", "--api-key", "k");

    assertThat(mode("config.json")).isEqualTo("rw-------");
    assertThat(mode("secrets.json")).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(file("."))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "secrets.json");
    }
  }

  @Test
  void whatOtherClientsWroteIsKept() throws IOException {
    Files.createDirectories(file("."));
    Files.writeString(
        file("config.json"),
        "{\"active_context\":\"c\",\"last_login_email\":\"a@b\",\"contexts\":{\"c\":{\"base_url\":"
            + "\"https://c.example.org\",\"future\":[1,2]}}}");
    Files.writeString(
        file("secrets.json"), "{\"c\":{\"refresh_token\":\"r\"},\"d\":{\"api_key\":\"other\"}}");

    At.home(home).axme("context", "set", "c", "--api-key", "k");

    assertThat(Files.readString(file("config.json"))).contains("last_login_email", "\"future\"");
    assertThat(Json.format(Json.parseObject(Files.readString(file("secrets.json")))))
        .isEqualTo(
            "{\"c\":{\"refresh_token\":\"r\",\"api_key\":\"k\"},\"d\":{\"api_key\":\"other\"}}");
  }

  @Test
  void aSecretThatAnOldVersionLeftInTheConfigurationMovesOut() throws IOException {
    Files.createDirectories(file("."));
    Files.writeString(
        file("config.json"),
        "{\"active_context\":\"c\",\"contexts\":{\"c\":{\"base_url\":\"https://c\",\"api_key\":\"old\"}}}");

    Typed show = At.home(home).axme("context", "show", "--show-key", "--json");
    At.home(home).axme("context", "use", "c");

    assertThat(show.json()).containsEntry("api_key", "old");
    assertThat(Files.readString(file("config.json"))).doesNotContain("old");
    assertThat(Files.readString(file("secrets.json"))).contains("old");
  }

  @Test
  void aDamagedFileIsNamedAndNotOverwritten() throws IOException {
    Files.createDirectories(file("."));
    Files.writeString(file("config.json"), "{\"active_context\":");

    Typed set = At.home(home).axme("context", "set", "x", "--api-key", "k");

    assertThat(set.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(set.err()).contains("config.json").contains("Correct it, or move it away");
    assertThat(file("config.json")).hasContent("{\"active_context\":");
  }

  @Test
  void aSecretStorageThatWeDoNotHaveIsRefused() {
    Typed list = At.home(home).with("AXME_CLI_SECRET_STORAGE", "keyring").axme("context", "list");

    assertThat(list.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(list.err()).contains("AXME_CLI_SECRET_STORAGE=keyring is not supported");
  }

  @Test
  void keysAreShownByTheirLastCharactersUnlessAskedFor() {
    At.home(home).axme("context", "set", "default", "--api-key", "axme_sa_sa_1_topsecret");

    Typed show = At.home(home).axme("context", "show");

    assertThat(show.out()).contains("…cret").doesNotContain("topsecret");
  }

  private Path file(String name) {
    return home.resolve(".config").resolve("axme").resolve(name);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name)));
  }
}
