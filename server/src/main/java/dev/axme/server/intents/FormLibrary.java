package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.FormatValidator;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpressionFactory;
import dev.axme.server.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schema validator, tamed: it loads nothing from elsewhere, matches in linear time and
 * looks at no long text for a format. Nobody else knows which library it is.
 */
final class FormLibrary {
  static final String SCHEMA = "$schema";

  private FormLibrary() {}

  /** The draft that a schema names, the newest when it names none; empty for an unknown one. */
  static Optional<SpecificationVersion> draft(JsonNode schema) {
    String named = schema.path(SCHEMA).asText("").replaceFirst("#$", "");
    if (!schema.has(SCHEMA)) {
      return Optional.of(SpecificationVersion.DRAFT_2020_12);
    }
    for (SpecificationVersion version : SpecificationVersion.values()) {
      String id = version.getDialectId().replaceFirst("#$", "");
      if (id.replaceFirst("^https?", "").equals(named.replaceFirst("^https?", ""))) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the schema itself. */
  static List<Error> checkSchema(JsonNode schema, SpecificationVersion draft) {
    return Meta.of(draft).validate(schema);
  }

  /** What is wrong with an answer. */
  static List<Error> check(ObjectNode schema, SpecificationVersion draft, JsonNode answer) {
    FormPatterns patterns = new FormPatterns();
    ObjectNode plain = Json.object();
    plain.setAll(schema);
    plain.remove(SCHEMA);
    return registry(draft, patterns::expression).getSchema(plain).validate(answer);
  }

  private static SchemaRegistry registry(
      SpecificationVersion draft, RegularExpressionFactory patterns) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(patterns)
            .build();
    return SchemaRegistry.withDefaultDialect(
        Tamed.dialect(draft),
        builder ->
            builder
                .schemaRegistryConfig(config)
                .schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  /** The schemas of schemas, each read when it is first needed. */
  private static final class Meta {
    private static final Map<SpecificationVersion, Schema> LOADED = new ConcurrentHashMap<>();

    static Schema of(SpecificationVersion draft) {
      return LOADED.computeIfAbsent(draft, Meta::load);
    }

    private static Schema load(SpecificationVersion draft) {
      return registry(draft, FormPatterns::unbounded)
          .getSchema(SchemaLocation.of(draft.getDialectId()));
    }
  }

  /** The library's format checks backtrack and recurse; on short text that does no harm. */
  private record Tamed(Format format) implements Format {
    private static final int LONGEST = 320;
    private static final int LONGEST_LINK = 2_048;
    private static final Set<String> LINKS = Set.of("uri", "uri-reference", "iri", "iri-reference");

    static Dialect dialect(SpecificationVersion draft) {
      Dialect dialect =
          switch (draft) {
            case DRAFT_4 -> Dialects.getDraft4();
            case DRAFT_6 -> Dialects.getDraft6();
            case DRAFT_7 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
          };
      return Dialect.builder(dialect)
          .formats(formats -> formats.replaceAll((_, format) -> new Tamed(format)))
          .build();
    }

    @Override
    public String getName() {
      return format.getName();
    }

    @Override
    public String getMessageKey() {
      return format.getMessageKey();
    }

    @Override
    public boolean matches(
        ExecutionContext context,
        SchemaContext schema,
        JsonNode node,
        JsonNode root,
        NodePath location,
        boolean assertions,
        FormatValidator validator) {
      int longest = LINKS.contains(format.getName()) ? LONGEST_LINK : LONGEST;
      return !(node.isTextual() && node.textValue().length() > longest)
          && format.matches(context, schema, node, root, location, assertions, validator);
    }
  }
}
