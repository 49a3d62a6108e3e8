package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the document to the running server, and the running server to the document. */
class OpenApiTest {
  @TempDir private static Path data;
  private static Running running;
  private static Document document;

  @BeforeAll
  static void start() {
    running = Running.start(data, "--allow-bootstrap");
    document = new Document(running.send("GET", "/openapi.json", "", "").ok());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void everyRouteOfTheRunningRouterIsDocumentedAndNothingElseIs() {
    List<String> routes =
        running.server().servedRoutes().stream()
            .map(r -> r.method() + " " + r.pattern().replace("...}", "}"))
            .toList();

    assertThat(routes).doesNotHaveDuplicates();
    assertThat(document.operations().keySet()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void theDocumentNamesItsVersionAndThisServer() {
    assertThat(document.json().path("openapi").asText()).startsWith("3.1.");
    assertThat(document.json().at("/servers/0/url").asText())
        .isEqualTo(running.server().publicUrl());
    assertThat(document.json().at("/info/title").asText()).isEqualTo("axme");
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
    assertThat(document.deadReferences()).isEmpty();
    assertThat(document.unused()).isEmpty();
  }

  @Test
  void everyOperationSaysWhatANewcomerMustKnow() {
    List<String> ids = new ArrayList<>();
    TreeSet<String> tags = new TreeSet<>();
    document.json().path("tags").forEach(t -> tags.add(t.path("name").asText()));

    document
        .operations()
        .forEach(
            (name, operation) -> {
              ids.add(operation.path("operationId").asText());
              assertThat(operation.path("summary").asText()).as(name).hasSizeBetween(5, 60);
              assertThat(operation.path("description").asText()).as(name).hasSizeGreaterThan(30);
              assertThat(operation.path("tags")).as(name).isNotEmpty();
              operation.path("tags").forEach(t -> assertThat(tags).as(name).contains(t.asText()));
              assertThat(operation.path("responses")).as(name).isNotEmpty();
              operation
                  .path("responses")
                  .properties()
                  .forEach(r -> describedResponse(name + " " + r.getKey(), r.getValue()));
            });

    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }

  private static void describedResponse(String name, JsonNode reference) {
    JsonNode response = document.resolve(reference);
    assertThat(name).matches(".* [1-5][0-9][0-9]");
    assertThat(response.path("description").asText()).as(name).hasSizeGreaterThan(3);
    response
        .path("content")
        .properties()
        .forEach(
            content ->
                assertThat(document.schemaMistakes(content.getValue().path("schema")))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void everySchemaIsOneOfJsonSchema2020() {
    document
        .json()
        .at("/components/schemas")
        .properties()
        .forEach(s -> assertThat(document.schemaMistakes(s.getValue())).as(s.getKey()).isEmpty());
  }

  @Test
  void everyNameOfAPathIsAParameter() {
    document
        .operations()
        .forEach(
            (name, operation) -> {
              String pattern = name.substring(name.indexOf(' ') + 1);
              List<String> inPath =
                  Pattern.compile("\\{([a-z_]+)}")
                      .matcher(pattern)
                      .results()
                      .map(m -> m.group(1))
                      .toList();
              List<String> declared =
                  document.parameters(pattern, operation).stream()
                      .filter(p -> p.path("in").asText().equals("path"))
                      .map(p -> p.path("name").asText())
                      .toList();
              assertThat(declared).as(name).containsExactlyInAnyOrderElementsOf(inPath);
              document
                  .parameters(pattern, operation)
                  .forEach(p -> assertThat(p.path("description").asText()).as(name).isNotBlank());
            });
  }

  @Test
  void everyExampleFitsItsSchema() {
    document
        .operations()
        .forEach(
            (name, operation) -> {
              examples(name, operation.path("requestBody"));
              operation.path("responses").forEach(r -> examples(name, document.resolve(r)));
            });
  }

  private static void examples(String name, JsonNode holder) {
    for (Map.Entry<String, JsonNode> content : holder.path("content").properties()) {
      JsonNode media = content.getValue();
      List<JsonNode> examples = new ArrayList<>();
      media.path("examples").forEach(e -> examples.add(e.path("value")));
      if (media.has("example")) {
        examples.add(media.path("example"));
      }
      for (JsonNode example : examples) {
        assertThat(document.mistakes(media.path("schema"), example)).as(name).isEmpty();
      }
    }
  }

  @Test
  void everyErrorThatAnOperationNamesHasAResponse() {
    Pattern status = Pattern.compile("\\b([45][0-9][0-9]) `");
    document
        .operations()
        .forEach(
            (name, operation) ->
                status
                    .matcher(operation.path("description").asText())
                    .results()
                    .map(m -> m.group(1))
                    .forEach(
                        s ->
                            assertThat(operation.path("responses").has(s))
                                .as(name + " " + s)
                                .isTrue()));
  }

  @Test
  void everyOperationAnswersAsDocumented() {
    Witness witness = new Witness(running, document);

    new Tour(running, witness).everything();

    assertThat(witness.succeeded())
        .as("operations that were seen to succeed")
        .containsExactlyInAnyOrderElementsOf(document.operations().keySet());
    assertThat(witness.statuses())
        .contains(400, 401, 403, 404, 409, 413, 422)
        .allMatch(s -> s < 500);
  }
}
