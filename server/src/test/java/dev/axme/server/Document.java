package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The served OpenAPI document, read strictly: an object that lists its properties has no others, so
 * that a member which nobody has described fails.
 */
final class Document {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          b ->
              b.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final ObjectNode json;
  private final ObjectNode strict;

  Document(ObjectNode json) {
    this.json = json;
    String text = Json.text(json).replace("#/components/schemas/", "#/$defs/");
    this.strict = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    close(strict);
  }

  private static void close(JsonNode node) {
    if (node.path("properties").isObject() && node instanceof ObjectNode object) {
      if (!object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    node.forEach(Document::close);
  }

  ObjectNode json() {
    return json;
  }

  /** {@code METHOD pattern} to the operation. */
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new LinkedHashMap<>();
    strict
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(m -> METHODS.contains(m.getKey()))
                    .forEach(
                        m ->
                            operations.put(
                                m.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                m.getValue())));
    return operations;
  }

  /** A schema of the components. */
  JsonNode schema(String name) {
    return strict.at("/components/schemas/" + name);
  }

  /** The node itself, or what its {@code $ref} points to. */
  JsonNode resolve(JsonNode node) {
    return node.path("$ref").isTextual()
        ? strict.at(node.path("$ref").textValue().substring(1))
        : node;
  }

  /** The response of an operation for a status. */
  JsonNode response(JsonNode operation, int status) {
    return resolve(operation.path("responses").path(Integer.toString(status)));
  }

  /** What is wrong with {@code value} by {@code schema}; empty when nothing is. */
  List<String> mistakes(JsonNode schema, JsonNode value) {
    ObjectNode whole = Json.object();
    ObjectNode definitions = strict.withObject("/components/schemas").deepCopy();
    definitions.set("it", schema);
    whole.put("$ref", "#/$defs/it");
    whole.set("$defs", definitions);
    return REGISTRY.getSchema(whole).validate(value).stream().map(Error::toString).toList();
  }

  /** What is wrong with a schema as such. */
  List<String> schemaMistakes(JsonNode schema) {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    return meta.validate(schema).stream().map(Error::toString).toList();
  }

  /** Every {@code $ref} of the document that leads nowhere. */
  List<String> deadReferences() {
    List<String> dead = new ArrayList<>();
    for (JsonNode ref : json.findValues("$ref")) {
      if (!ref.asText("").startsWith("#/")
          || json.at(ref.asText("").substring(1)).isMissingNode()) {
        dead.add(ref.asText(""));
      }
    }
    return dead;
  }

  /** Every component that nothing refers to. */
  List<String> unused() {
    List<String> used = json.findValues("$ref").stream().map(JsonNode::asText).toList();
    List<String> unused = new ArrayList<>();
    for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
      json.at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(
              name -> {
                String ref = "#/components/" + kind + "/" + name;
                if (!used.contains(ref)) {
                  unused.add(ref);
                }
              });
    }
    return unused;
  }

  /** Where an array of parameters is, the path's and the operation's in one. */
  List<JsonNode> parameters(String pattern, JsonNode operation) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode ofPath = strict.path("paths").path(pattern).path("parameters");
    for (JsonNode list : List.of(ofPath, operation.path("parameters"))) {
      if (list instanceof ArrayNode array) {
        array.forEach(p -> all.add(resolve(p)));
      }
    }
    return all;
  }
}
