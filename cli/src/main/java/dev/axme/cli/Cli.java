package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Directory;
import dev.axme.sdk.Json;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a command works with: the flags, the shell, the contexts, the server. */
final class Cli {
  /** The program's version; {@code dev} when it does not run from its jar. */
  static final String VERSION =
      Optional.ofNullable(Cli.class.getPackage().getImplementationVersion()).orElse("dev");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Shell shell;
  private final Root flags;
  private final Ink ink;
  private final boolean indent;
  private final List<HttpClient> opened = new ArrayList<>();
  private @Nullable Contexts contexts;

  Cli(Shell shell, Root flags) {
    this(shell, flags, false);
  }

  private Cli(Shell shell, Root flags, boolean indent) {
    this.shell = shell;
    this.flags = flags;
    this.ink = Ink.of(shell);
    this.indent = indent;
  }

  /** The same, printing JSON over several lines: what other AXME clients do for some commands. */
  Cli indented() {
    return new Cli(shell, flags, true);
  }

  Shell shell() {
    return shell;
  }

  Root flags() {
    return flags;
  }

  Ink ink() {
    return ink;
  }

  boolean json() {
    return flags.json;
  }

  /** The stored contexts, read once. */
  Contexts contexts() {
    Contexts known = contexts;
    if (known == null) {
      known = Contexts.load(shell);
      contexts = known;
    }
    return known;
  }

  Connection connection() {
    return Connection.of(flags, contexts(), shell);
  }

  /** A client with the key that counts first. */
  AxmeClient client() {
    Connection connection = connection();
    note(connection);
    return client(connection, connection.keys().stream().findFirst());
  }

  /** Runs what only a person may do, with each known key in turn until one is a person's. */
  <T> T asPerson(Function<AxmeClient, T> work) {
    Connection connection = Connection.forPeople(flags, contexts(), shell);
    note(connection);
    Iterator<Connection.Key> keys = connection.keys().iterator();
    if (!keys.hasNext()) {
      return work.apply(client(connection, Optional.empty()));
    }
    while (true) {
      Connection.Key key = keys.next();
      try {
        return work.apply(client(connection, Optional.of(key)));
      } catch (AxmeException e) {
        if (!Faults.notAPersonsKey(e) || !keys.hasNext()) {
          throw e;
        }
      }
    }
  }

  AxmeClient client(Connection connection, Optional<Connection.Key> key) {
    AxmeClient.Builder builder =
        AxmeClient.builder()
            .baseUrl(connection.baseUrl())
            .clientName("axme-cli/" + VERSION)
            .connectTimeout(CONNECT_TIMEOUT)
            .retryFor(Duration.ZERO);
    builder.httpClient(http(connection.baseUrl()));
    key.map(Connection.Key::secret).ifPresent(builder::apiKey);
    connection.actorToken().ifPresent(builder::actorToken);
    connection.ownerAgent().ifPresent(builder::ownerAgent);
    return builder.build();
  }

  private HttpClient http(String baseUrl) {
    HttpClient client =
        baseUrl.startsWith("http://")
            ? PlainHttp.client(CONNECT_TIMEOUT)
            : HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    opened.add(client);
    return client;
  }

  /**
   * Ends the threads of the HTTP clients. A JVM that exits while one of them waits in the kernel
   * lingers for 300 ms in the hope that it comes back.
   */
  void close() {
    opened.forEach(HttpClient::shutdownNow);
    opened.clear();
  }

  /**
   * Who there is, in the organization and workspace that the flags name, else the context, else the
   * environment; in the key's own when none does.
   */
  Directory directory(AxmeClient client) {
    Scope scope = scope();
    return client.directory().in(scope.orgId(), scope.workspaceId());
  }

  /** Where the next command is. */
  Scope scope() {
    return Stream.of(
            new Scope(Optional.ofNullable(flags.orgId), Optional.ofNullable(flags.workspaceId)),
            stored(),
            new Scope(shell.variable("AXME_ORG_ID"), shell.variable("AXME_WORKSPACE_ID")))
        .filter(Scope::named)
        .findFirst()
        .orElse(Scope.NONE);
  }

  /** Ids that go together: those of one place never complete those of another. */
  record Scope(Optional<String> orgId, Optional<String> workspaceId) {
    static final Scope NONE = new Scope(Optional.empty(), Optional.empty());

    boolean named() {
      return orgId.isPresent() || workspaceId.isPresent();
    }
  }

  /** What the context says, as long as its own key and server are meant. */
  private Scope stored() {
    if (flags.apiKey != null || flags.baseUrl != null) {
      return Scope.NONE;
    }
    return contexts()
        .find(connection().context())
        .map(c -> new Scope(c.text("org_id"), c.text("workspace_id")))
        .orElse(Scope.NONE);
  }

  /** One line of data. */
  void print(String line) {
    shell.out().println(line);
  }

  /** One line for whoever watches, never data. */
  void say(String line) {
    if (!flags.json) {
      shell.err().println(prose(line));
    }
  }

  void warn(String line) {
    shell.err().println(ink.amber("Note: ") + prose(line));
  }

  /**
   * The text with each command in backticks as it is to be typed here: {@code ./axme up} in a
   * clone.
   */
  String prose(String text) {
    StringBuilder prose = new StringBuilder();
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean command = i % 2 == 1 && i < parts.length - 1;
      prose.append(command ? command(parts[i]) : parts[i]);
    }
    return prose.toString();
  }

  private String command(String typed) {
    String here = typed.startsWith("axme") ? shell.program() + typed.substring(4) : typed;
    return ink.colour() ? ink.bold(here) : "`" + here + "`";
  }

  void printJson(Object value) {
    shell.out().println(indent ? Json.indent(value) : Json.format(value));
  }

  /** One thing as JSON, in the shape that the server sends it. */
  void printJson(String name, Map<String, @Nullable Object> thing) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put(name, thing);
    printJson(answer);
  }

  /** A list as JSON, in the shape that the server sends lists. */
  void printJson(String name, List<Map<String, @Nullable Object>> items) {
    printJson(name, items, Optional.empty());
  }

  void printJson(
      String name, List<Map<String, @Nullable Object>> items, Optional<String> nextCursor) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put(name, items);
    nextCursor.ifPresent(cursor -> answer.put("next_cursor", cursor));
    printJson(answer);
  }

  private void note(Connection connection) {
    connection
        .ignoredBaseUrl()
        .ifPresent(
            url ->
                warn(
                    "using "
                        + connection.baseUrl()
                        + " from context "
                        + connection.context()
                        + ", not "
                        + url
                        + " from the environment; --base-url decides otherwise."));
  }
}
