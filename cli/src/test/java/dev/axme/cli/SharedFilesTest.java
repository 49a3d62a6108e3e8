package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files as other AXME clients write them, with what flags and the environment say beside: which
 * of them counts.
 */
class SharedFilesTest {
  /** As another client leaves it after its first run. */
  private static final String FRESH =
      "{'active_context':'default','contexts':{'default':{'base_url':'http://127.0.0.1:8100',"
          + "'environment':'staging'}}}";

  /** After a login to a server elsewhere. */
  private static final String LOGGED_IN =
      "{'active_context':'work','contexts':{'default':{'base_url':'http://127.0.0.1:8100'},"
          + "'work':{'base_url':'https://axme.example.org','owner_agent':'agent://a/b/own',"
          + "'org_id':'org-1','workspace_id':'ws-1','environment':'production'}},"
          + "'file_store_notice_seen':true,'last_login_email':'ann@example.org'}";

  private static final String SECRETS =
      "{'work':{'api_key':'stored-key','actor_token':'stored-token','refresh_token':'r'}}";

  @TempDir private Path home;

  /** Files, environment, flags, and what `context show` must then say. */
  private record Row(String config, String secrets, String said, String shows) {}

  private static final Row[] TABLE = {
    row(FRESH, "{}", "", "base_url=http://127.0.0.1:8420 api_key=null environment=staging"),
    row(FRESH, "{}", "AXME_BASE_URL=https://e.org/", "base_url=https://e.org"),
    row(
        FRESH,
        "{}",
        "AXME_BASE_URL=https://1.org AXME_GATEWAY_BASE_URL=https://2.org",
        "base_url=https://2.org"),
    row(
        FRESH,
        "{}",
        "AXME_GATEWAY_BASE_URL=https://2.org AXME_PORTAL_BASE_URL=https://3.org",
        "base_url=https://3.org"),
    row(
        FRESH,
        "{'default':{'api_key':'k'}}",
        "AXME_BASE_URL=https://e.org",
        "base_url=https://e.org api_key=k api_key_from=context+default"),
    row(FRESH, "{'default':{'api_key':'k'}}", "--base-url=https://f.org", "api_key=null"),
    row("{'contexts':{'default':{}}}", "{'default':{'api_key':'k'}}", "", "api_key=k"),
    row(FRESH, "{}", "AXME_API_KEY=1 AXME_GATEWAY_API_KEY=2", "api_key=2"),
    row(FRESH, "{}", "AXME_API_KEY=1", "api_key=1 api_key_from=the+environment"),
    row(FRESH, "{'default':{'api_key':'k'}}", "AXME_API_KEY=1", "api_key=k"),
    row(FRESH, "{'default':{'api_key':'k'}}", "--api-key=f AXME_API_KEY=1", "api_key=f"),
    row(FRESH, "{}", "AXME_ACTOR_TOKEN=a AXME_PORTAL_SCOPED_BEARER_TOKEN=b", "actor_token=a"),
    row(FRESH, "{}", "AXME_PORTAL_SCOPED_BEARER_TOKEN=b", "actor_token=b"),
    row(LOGGED_IN, SECRETS, "AXME_ACTOR_TOKEN=a", "actor_token=stored-token"),
    row(LOGGED_IN, SECRETS, "--bearer-token=f", "actor_token=f"),
    row(LOGGED_IN, SECRETS, "--actor-token=f AXME_ACTOR_TOKEN=a", "actor_token=f"),
    row(
        LOGGED_IN,
        SECRETS,
        "AXME_BASE_URL=https://e.org AXME_ORG_ID=o AXME_WORKSPACE_ID=w AXME_OWNER_AGENT=agent://e"
            + " AXME_ENVIRONMENT=e",
        "context=work base_url=https://axme.example.org api_key=stored-key org_id=org-1"
            + " workspace_id=ws-1 owner_agent=agent://a/b/own environment=production"),
    row(
        LOGGED_IN,
        SECRETS,
        "--org-id=o --workspace-id=w --owner-agent=agent://f --environment=f",
        "org_id=o workspace_id=w owner_agent=agent://f environment=f"),
    row(
        LOGGED_IN,
        SECRETS,
        "--context-name=default AXME_ORG_ID=o AXME_WORKSPACE_ID=w AXME_OWNER_AGENT=agent://e"
            + " AXME_ENVIRONMENT=e",
        "context=default base_url=http://127.0.0.1:8420 api_key=null org_id=o workspace_id=w"
            + " owner_agent=agent://e environment=e"),
    row(LOGGED_IN, SECRETS, "--base-url=https://f.org", "base_url=https://f.org api_key=null"),
    row(LOGGED_IN, SECRETS, "AXME_CLI_SECRET_STORAGE=file", "api_key=stored-key"),
    row(LOGGED_IN, SECRETS, "AXME_CLI_SECRET_STORAGE=", "api_key=stored-key"),
    // A token of the environment is for the server of the environment.
    row(
        LOGGED_IN,
        "{}",
        "AXME_BASE_URL=https://e.org AXME_ACTOR_TOKEN=a AXME_API_KEY=k",
        "base_url=https://axme.example.org api_key=null actor_token=null"),
  };

  @TestFactory
  Stream<DynamicTest> theFirstThatIsSaidCounts() {
    return Arrays.stream(TABLE)
        .map(row -> DynamicTest.dynamicTest(row.said() + " -> " + row.shows(), () -> check(row)));
  }

  private void check(Row row) throws IOException {
    write("config.json", row.config());
    write("secrets.json", row.secrets());
    At shell = At.home(home);
    Stream.Builder<String> typed =
        Stream.<String>builder().add("context").add("show").add("--show-key").add("--json");
    for (String word : row.said().split(" ", -1)) {
      if (word.startsWith("--")) {
        typed.add(word);
      } else if (word.contains("=")) {
        shell =
            shell.with(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }

    Typed shown = shell.axme(typed.build().toArray(String[]::new));

    assertThat(shown.exitCode()).describedAs(shown.err()).isZero();
    for (String pair : row.shows().split(" ", -1)) {
      String name = pair.substring(0, pair.indexOf('='));
      String value = pair.substring(pair.indexOf('=') + 1).replace('+', ' ');
      assertThat(String.valueOf(shown.json().get(name))).as(name).isEqualTo(value);
    }
  }

  @Test
  void onlyKnownKindsOfStorageAreTaken() {
    for (String kind : new String[] {"keyring", "vault"}) {
      Typed refused = At.home(home).with("AXME_CLI_SECRET_STORAGE", kind).axme("whoami");

      assertThat(refused.exitCode()).isEqualTo(Exit.USAGE);
      assertThat(refused.err()).contains("AXME_CLI_SECRET_STORAGE=" + kind + " is not supported");
    }
  }

  @Test
  void writingLeavesWhatOnlyOthersKnow() throws IOException {
    write("config.json", LOGGED_IN.replace("'org_id'", "'future':{'a':[1,2.50]},'org_id'"));
    write("secrets.json", SECRETS.replace("'refresh_token'", "'next':7,'refresh_token'"));

    At.home(home).axme("context", "set", "work", "--api-key", "new", "--environment", "test");

    assertThat(read("config.json"))
        .isEqualTo(
            parsed(
                LOGGED_IN
                    .replace("'org_id'", "'future':{'a':[1,2.50]},'org_id'")
                    .replace("production", "test")));
    assertThat(read("secrets.json"))
        .isEqualTo(
            parsed(
                SECRETS
                    .replace("stored-key", "new")
                    .replace("'refresh_token'", "'next':7,'refresh_token'")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("config.json"))))
        .isEqualTo("rw-------");
  }

  private static Row row(String config, String secrets, String said, String shows) {
    return new Row(config, secrets, said, shows);
  }

  private Path file(String name) {
    return home.resolve(".config").resolve("axme").resolve(name);
  }

  private void write(String name, String json) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, ?> read(String name) throws IOException {
    return new LinkedHashMap<>(Json.parseObject(Files.readString(file(name))));
  }

  private static Map<String, ?> parsed(String json) {
    return new LinkedHashMap<>(Json.parseObject(json.replace('\'', '"')));
  }
}
