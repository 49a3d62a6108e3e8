package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import dev.axme.server.scenarios.Shape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/scenarios.md} and the examples say of scenarios is what the server does. */
@ExtendWith(RealServer.class)
class ScenarioDocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLES = ROOT.resolve("examples");
  private static final Pattern SECTION = Pattern.compile("(?ms)^### (.+?)$(.*?)(?=^##|\\z)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]*) \\| ([^|]*)\\|");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final String INVALID = "\"scenario_id\": \"invalid.example\"";
  private static final String DIAGRAM = "examples/scenarios/reminder.json";

  @TempDir private Path home;
  private At owner;

  @BeforeEach
  void logIn(Running server) {
    owner = server.owner(home);
  }

  @Test
  void everyFieldIsListedAndNoOther() throws IOException {
    Map<String, Map<String, String>> listed = new TreeMap<>();
    for (MatchResult section : SECTION.matcher(document()).results().toList()) {
      Map<String, String> rows = new TreeMap<>();
      ROW.matcher(section.group(2)).results().forEach(r -> rows.put(r.group(1), r.group(2)));
      listed.put(section.group(1).replace("`", ""), rows);
    }

    Map<String, Map<String, String>> known = new TreeMap<>();
    for (Shape shape : Shape.ALL) {
      Map<String, String> fields = new TreeMap<>();
      shape.fields().values().forEach(field -> fields.put(field.name(), kind(field)));
      known.put(shape.place().isEmpty() ? "The scenario" : shape.place(), fields);
    }

    assertThat(listed).isEqualTo(known);
  }

  private static String kind(Shape.Field field) {
    String most = ", " + String.format(Locale.ROOT, "%,d", field.most());
    return switch (field.kind()) {
      case TEXT -> "text" + most;
      case LIST -> "list" + most;
      case WHOLE -> "whole number" + most;
      case SECONDS, FLAG, OBJECT, ANY, IGNORED -> field.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  @Test
  void everyScenarioInTheDocumentIsValidAndTheWrongOneIsWrongAsItSays() throws IOException {
    List<String> scenarios = all(JSON, document());
    assertThat(scenarios).hasSizeGreaterThan(3);

    for (String scenario : scenarios) {
      Path file = Files.writeString(home.resolve("scenario.json"), scenario);
      Typed said = owner.axme("scenarios", "validate", file.toString());
      if (scenario.contains(INVALID)) {
        assertThat(said.exitCode()).isEqualTo(Exit.ERROR);
        assertThat(between(document(), "```text\nerror: ", "```")).isEqualTo(rest(said.out()));
      } else {
        assertThat(said.exitCode()).as(said + scenario).isZero();
        assertThat(said.out()).isEmpty();
      }
    }
  }

  private static String rest(String out) {
    assertThat(out).startsWith("error: ");
    return out.substring("error: ".length());
  }

  @Test
  void everyExampleIsValidWithoutAWarning() throws IOException {
    List<Path> files = new ArrayList<>(List.of(EXAMPLES.resolve("openai-agents/scenario.json")));
    try (Stream<Path> more = Files.list(EXAMPLES.resolve("scenarios"))) {
      more.filter(file -> file.toString().endsWith(".json")).forEach(files::add);
    }
    assertThat(files).hasSize(5);

    for (Path file : files) {
      Typed said = owner.axme("scenarios", "validate", file.toString());
      assertThat(said.exitCode()).as(file + ": " + said).isZero();
      assertThat(said.out()).as(file.toString()).isEmpty();
    }
  }

  @Test
  void theDiagramIsWhatTheCommandPrints() throws IOException {
    String shown = between(document(), "```mermaid\n", "```");

    Typed printed = owner.axme("scenarios", "graph", ROOT.resolve(DIAGRAM).toString());

    assertThat(document()).contains("axme scenarios graph " + DIAGRAM);
    assertThat(printed.out()).isEqualTo(shown);
  }

  @Test
  void theMacrosHaveTheDefaultsOfTheServer(Running server) throws Exception {
    String section = between(document(), "### `workflow.parameters`", "\n## ");
    Map<String, String> listed = new LinkedHashMap<>();
    for (MatchResult row : ROW.matcher(section).results().toList()) {
      listed.put(row.group(1), row.group(3).strip().replace("`", ""));
    }

    Set<String> known = new LinkedHashSet<>();
    for (JsonView macro : macros(server)) {
      assertThat(document()).contains("`" + macro.text("macro_id").orElseThrow() + "`");
      for (JsonView parameter : macro.each("parameters")) {
        String name = parameter.text("name").orElseThrow();
        known.add(name);
        parameter
            .text("default")
            .ifPresent(value -> assertThat(listed.get(name)).as(name).isEqualTo(value));
      }
    }
    assertThat(listed.keySet()).isEqualTo(known);
  }

  /** Each macro with its parameters. */
  private List<JsonView> macros(Running server) throws IOException, InterruptedException {
    String registry = server.url() + "/v1/tool-registry/macros";
    List<JsonView> macros = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (JsonView macro : get(http, registry, server).each("macros")) {
        String path = "/" + macro.text("macro_id").orElseThrow();
        macros.add(get(http, registry + path, server).in("macro"));
      }
    }
    assertThat(macros).hasSize(2);
    return macros;
  }

  private static JsonView get(HttpClient http, String url, Running server)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("x-api-key", server.agentKey()).build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonView.of(Json.parseObject(body));
  }

  @Test
  void theCommandsOfTheReadmeWorkAsTheyStand() throws IOException {
    String section = between(Files.readString(ROOT.resolve("README.md")), "## Scenarios", "\n## ");
    List<String> commands = all(SHELL, section).getFirst().lines().toList();
    assertThat(commands).hasSizeGreaterThan(3);

    String id = "";
    for (String command : commands) {
      if (command.contains(" watch ")) {
        assertThat(owner.axme("intents", "cancel", id).exitCode()).isZero();
      }
      Typed said = owner.axme(words(command, id));
      boolean watch = command.contains(" watch ");
      assertThat(said.exitCode()).as(command + " " + said).isEqualTo(watch ? 4 : 0);
      if (said.out().startsWith("intent_id=")) {
        id = UUID.fromString(said.line().substring("intent_id=".length())).toString();
      }
    }
    assertThat(id).isNotEmpty();
  }

  private static String[] words(String command, String id) {
    assertThat(command).startsWith("./axme ");
    return command
        .substring("./axme ".length())
        .replace("examples/", ROOT.resolve("examples") + "/")
        .replace(" ID", " " + id)
        .split(" ", -1);
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/scenarios.md"));
  }

  private static List<String> all(Pattern block, String text) {
    return block.matcher(text).results().map(r -> r.group(1)).toList();
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    assertThat(start).as("Expected " + from).isNotNegative();
    int end = text.indexOf(to, start + from.length());
    return text.substring(start + from.length(), end < 0 ? text.length() : end);
  }
}
