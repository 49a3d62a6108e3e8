package dev.axme.server.intents;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SpecificationVersion;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through a form's schema before anything runs it: an agent wrote it, and every person who
 * answers makes this server work on it. Schemas that pass end, in little time and memory, on every
 * answer.
 */
final class FormSchema {
  /** How many values a schema may have, with every reference written out. */
  static final int LARGEST = 10_000;

  static final int DEEPEST = 32;

  private static final int LONGEST = 64 * 1024;
  private static final Set<String> ONE =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> MAPS =
      Set.of(
          "$defs",
          "definitions",
          "dependencies",
          "dependentSchemas",
          "patternProperties",
          "properties");
  private static final List<String> OBJECTS =
      List.of("properties", "required", "patternProperties", "$ref", "allOf", "anyOf", "oneOf");

  private final ObjectNode root;
  private final SpecificationVersion draft;
  private final IdentityHashMap<JsonNode, Extent> known = new IdentityHashMap<>();
  private final Set<JsonPointer> open = new HashSet<>();

  /** How many values a part has and how deep it goes, references written out. */
  private record Extent(long size, int depth) {
    static final Extent LEAF = new Extent(1, 0);

    Extent with(Extent part) {
      return new Extent(Math.min(size + part.size, LARGEST + 1), Math.max(depth, part.depth + 1));
    }
  }

  private FormSchema(ObjectNode root, SpecificationVersion draft) {
    this.root = root;
    this.draft = draft;
  }

  /** The draft of a schema that has passed before. */
  static SpecificationVersion draft(JsonNode root) {
    return FormLibrary.draft(root)
        .orElseThrow(() -> invalid("", "names a $schema that is not known here"));
  }

  /** How many values the schema has, with every reference written out. */
  static long size(ObjectNode root) {
    return new FormSchema(root, draft(root)).extent(root, "", 0).size();
  }

  /** Throws a 422 that names the place when the schema is not one to run. */
  static void check(ObjectNode root) {
    if (Json.bytes(root).length > LONGEST) {
      throw invalid("", "may have " + LONGEST + " bytes");
    }
    SpecificationVersion draft = draft(root);
    Extent extent = new FormSchema(root, draft).extent(root, "", 0);
    if (extent.size() > LARGEST) {
      throw invalid("", "has more than " + LARGEST + " values with its $refs written out");
    }
    if (extent.depth() > DEEPEST) {
      throw invalid("", "nests deeper than " + DEEPEST + " levels with its $refs written out");
    }
    List<Error> errors = FormLibrary.checkSchema(root, draft);
    if (!errors.isEmpty()) {
      Error error = errors.getFirst();
      throw invalid(error.getInstanceLocation().toString(), error.getMessage());
    }
    if (!describesObject(root)) {
      throw invalid("", "must describe an object: write \"type\": \"object\" and properties");
    }
  }

  private static boolean describesObject(ObjectNode root) {
    JsonNode type = root.path("type");
    if (type.isTextual()) {
      return type.textValue().equals("object");
    }
    if (type.isArray()) {
      return type.valueStream().anyMatch(t -> t.asText().equals("object"));
    }
    return root.isEmpty() || OBJECTS.stream().anyMatch(root::has);
  }

  private Extent extent(JsonNode schema, String at, int depth) {
    if (!(schema instanceof ObjectNode object)) {
      return plain(schema, at, depth);
    }
    Extent before = known.get(schema);
    if (before != null) {
      return before;
    }
    tooDeep(at, depth);
    refuse(object, at);
    Extent extent = Extent.LEAF;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      extent = extent.with(keyword(member.getKey(), member.getValue(), at, depth));
    }
    known.put(schema, extent);
    return extent;
  }

  private Extent keyword(String name, JsonNode value, String at, int depth) {
    String here = at + "/" + name.replace("~", "~0").replace("/", "~1");
    if (name.equals("$ref")) {
      return target(value, here, depth);
    }
    if (name.equals("pattern") && value.isTextual()) {
      pattern(value.textValue(), here);
    }
    boolean many =
        (MAPS.contains(name) && value.isObject())
            || ((LISTS.contains(name) || name.equals("items")) && value.isArray());
    if (many) {
      return each(name, value, here, depth);
    }
    return ONE.contains(name) ? extent(value, here, depth + 1) : plain(value, here, depth + 1);
  }

  private Extent each(String name, JsonNode schemas, String at, int depth) {
    Extent extent = Extent.LEAF;
    if (schemas.isObject()) {
      for (Map.Entry<String, JsonNode> member : schemas.properties()) {
        String here = at + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
        if (name.equals("patternProperties")) {
          pattern(member.getKey(), here);
        }
        extent = extent.with(extent(member.getValue(), here, depth + 1));
      }
      return new Extent(extent.size(), Math.max(0, extent.depth() - 1));
    }
    for (int i = 0; i < schemas.size(); i++) {
      extent = extent.with(extent(schemas.get(i), at + "/" + i, depth + 1));
    }
    return new Extent(extent.size(), Math.max(0, extent.depth() - 1));
  }

  private Extent target(JsonNode ref, String at, int depth) {
    String text = ref.asText();
    if (!ref.isTextual() || !text.startsWith("#/") || text.contains("%")) {
      throw invalid(
          at, "must name a part of the same schema, such as #/$defs/amount; it is " + ref);
    }
    JsonPointer pointer = JsonPointer.compile(text.substring(1));
    JsonNode target = root.at(pointer);
    if (target.isMissingNode()) {
      throw invalid(at, "names " + text + ", which is not there");
    }
    if (!open.add(pointer)) {
      throw invalid(at, "is recursive: " + text + " leads back to itself");
    }
    Extent extent = extent(target, text.substring(1), depth + 1);
    open.remove(pointer);
    return extent;
  }

  /** Data in a schema, such as an enum. */
  private static Extent plain(JsonNode value, String at, int depth) {
    tooDeep(at, depth);
    if (FormAnswer.hugeNumber(value)) {
      throw invalid(at, "has a number with too large an exponent");
    }
    Extent extent = Extent.LEAF;
    for (JsonNode part : value) {
      extent = extent.with(plain(part, at, depth + 1));
    }
    return extent;
  }

  private void refuse(ObjectNode schema, String at) {
    for (String dynamic : List.of("$dynamicRef", "$recursiveRef")) {
      if (schema.has(dynamic)) {
        throw invalid(at + "/" + dynamic, "is not taken here: use $ref with #/$defs/...");
      }
    }
    String id = draft == SpecificationVersion.DRAFT_4 ? "id" : "$id";
    if (schema.path(id).isTextual() && !schema.path(id).textValue().startsWith("#")) {
      throw invalid(at + "/" + id, "is not taken here: a form's schema stands alone, leave it out");
    }
    if (!at.isEmpty() && schema.has(FormLibrary.SCHEMA)) {
      throw invalid(at + "/" + FormLibrary.SCHEMA, "may stand at the top only");
    }
  }

  private static void pattern(String pattern, String at) {
    try {
      FormPatterns.compile(pattern);
    } catch (FormPatterns.Refused e) {
      throw invalid(at, String.valueOf(e.getMessage()));
    }
  }

  /** Holds while refs are followed, too: what is too deep to look through is too deep to run. */
  private static void tooDeep(String at, int depth) {
    if (depth > 2 * DEEPEST) {
      throw invalid(at, "lies deeper than " + DEEPEST + " levels");
    }
  }

  private static Problem invalid(String pointer, String message) {
    return new Problem(
        422,
        "schema_invalid",
        "human_task.form_schema" + pointer + " " + message + ".",
        Json.object().put("field", "human_task.form_schema").put("pointer", pointer));
  }
}
