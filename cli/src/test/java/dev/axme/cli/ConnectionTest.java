package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server and which key a command takes. */
class ConnectionTest {
  private static final String HERE = "http://127.0.0.1:8420";
  private static final String THERE = "https://axme.example.org";

  @TempDir private Path home;

  @Test
  void whenNothingIsSetItIsTheLocalServerWithoutAKey() {
    Connection connection = connection(At.home(home), new Root());

    assertThat(connection.baseUrl()).isEqualTo(HERE);
    assertThat(connection.keys()).isEmpty();
  }

  @Test
  void theEnvironmentFillsWhatTheContextLeavesOpen() {
    At shell = At.home(home).with("AXME_BASE_URL", THERE + "/").with("AXME_API_KEY", "agent");

    Connection connection = connection(shell, new Root());

    assertThat(connection.baseUrl()).isEqualTo(THERE);
    assertThat(secrets(connection)).containsExactly("agent");
  }

  @Test
  void theOlderNamesOfTheVariablesComeFirst() {
    At shell =
        At.home(home)
            .with("AXME_BASE_URL", THERE)
            .with("AXME_GATEWAY_BASE_URL", "https://gateway.example.org")
            .with("AXME_PORTAL_BASE_URL", "https://portal.example.org");

    assertThat(connection(shell, new Root()).baseUrl()).isEqualTo("https://portal.example.org");
  }

  @Test
  void aContextWithAKeyWinsOverTheEnvironmentAndSaysSo() {
    store("local", HERE, "login");
    At shell = At.home(home).with("AXME_BASE_URL", THERE).with("AXME_API_KEY", "agent");

    Connection connection = connection(shell, new Root());

    assertThat(connection.baseUrl()).isEqualTo(HERE);
    assertThat(secrets(connection)).containsExactly("login");
    assertThat(connection.ignoredBaseUrl()).contains(THERE);
  }

  @Test
  void aFlagWinsOverEverything() {
    store("local", HERE, "login");
    Root flags = new Root();
    flags.baseUrl = THERE;
    flags.apiKey = "other";

    Connection connection = connection(At.home(home).with("AXME_API_KEY", "agent"), flags);

    assertThat(connection.baseUrl()).isEqualTo(THERE);
    assertThat(secrets(connection)).containsExactly("other");
  }

  @Test
  void aStoredKeyNeverGoesToAnotherServer() {
    store("local", HERE, "login");
    Root flags = new Root();
    flags.baseUrl = THERE;

    assertThat(connection(At.home(home), flags).keys()).isEmpty();
  }

  @Test
  void anotherNameOfThisMachineIsTheSameServer() {
    store("local", HERE, "login");
    Root flags = new Root();
    flags.baseUrl = "http://localhost:8420/";

    assertThat(secrets(connection(At.home(home), flags))).containsExactly("login");
  }

  @Test
  void whoeverDecidesGetsEveryStoredKeyBeforeTheEnvironments() {
    store("local", THERE, "login");
    Contexts contexts = Contexts.load(At.home(home).shell());
    contexts.use(Contexts.DEFAULT);
    contexts.save();
    At shell = At.home(home).with("AXME_BASE_URL", THERE).with("AXME_API_KEY", "agent");

    Connection people =
        Connection.forPeople(new Root(), Contexts.load(shell.shell()), shell.shell());

    assertThat(secrets(people)).containsExactly("login", "agent");
    assertThat(secrets(connection(shell, new Root()))).containsExactly("agent", "login");
  }

  @Test
  void anUnknownContextIsAMistakeOfUse() {
    Root flags = new Root();
    flags.contextName = "nowhere";

    assertThatThrownBy(() -> connection(At.home(home), flags))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(Exit.USAGE))
        .hasMessageContaining("Known: default");
  }

  private void store(String name, String baseUrl, String key) {
    Contexts contexts = Contexts.load(At.home(home).shell());
    contexts.put(Contexts.Context.named(name).with("base_url", baseUrl));
    contexts.putApiKey(name, key);
    contexts.use(name);
    contexts.save();
  }

  private static Connection connection(At at, Root flags) {
    return Connection.of(flags, Contexts.load(at.shell()), at.shell());
  }

  private static List<String> secrets(Connection connection) {
    return connection.keys().stream().map(Connection.Key::secret).toList();
  }
}
