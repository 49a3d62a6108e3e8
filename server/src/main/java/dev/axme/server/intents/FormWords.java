package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.axme.server.http.Json;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what is wrong with an answer as a person would. */
final class FormWords {
  private static final int LONGEST = 300;
  private static final int CHOICES = 20;
  private static final Map<String, String> KINDS =
      Map.of(
          "string", "text",
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "array", "a list",
          "object", "an object",
          "null", "empty");
  private static final Map<String, String> FORMATS =
      Map.of(
          "email", "an e-mail address such as ann@example.com",
          "date", "a date such as 2027-01-31",
          "date-time", "a time such as 2027-01-31T12:00:00Z",
          "time", "a time of day such as 12:00:00Z",
          "uri", "a web address such as https://example.com",
          "uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
          "ipv4", "an IP address such as 192.0.2.1",
          "hostname", "a host name such as example.com");

  private FormWords() {}

  static Forms.Mistake of(Error error) {
    String at = error.getInstanceLocation().toString();
    String property = Optional.ofNullable(error.getProperty()).orElse("");
    String pointer =
        switch (error.getKeyword()) {
          case "required", "additionalProperties", "unevaluatedProperties", "dependentRequired" ->
              property.isEmpty() ? at : at + "/" + property.replace("~", "~0").replace("/", "~1");
          default -> at;
        };
    return new Forms.Mistake(pointer, cut(message(error)));
  }

  private static String message(Error error) {
    JsonNode limit = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "required", "dependentRequired" -> "is required";
      case "additionalProperties", "unevaluatedProperties" -> "is no field of this form";
      case "type" ->
          "must be " + kinds(limit) + ", but it is " + Json.kind(error.getInstanceNode());
      case "enum" -> "must be one of " + choices(limit);
      case "const" -> "must be " + Json.text(limit);
      case "minimum" -> "must be at least " + limit.asText();
      case "maximum" -> "must be at most " + limit.asText();
      case "exclusiveMinimum" -> "must be more than " + limit.asText();
      case "exclusiveMaximum" -> "must be less than " + limit.asText();
      case "multipleOf" -> "must be a multiple of " + limit.asText();
      case "minLength" -> "must have at least " + limit.asText() + " characters";
      case "maxLength" -> "must have at most " + limit.asText() + " characters";
      case "minItems" -> "must have at least " + limit.asText() + " entries";
      case "maxItems" -> "must have at most " + limit.asText() + " entries";
      case "uniqueItems" -> "must not have the same entry twice";
      case "pattern" -> "must match the pattern " + limit.asText();
      case "format" ->
          "must be " + FORMATS.getOrDefault(limit.asText(), "of the format " + limit.asText());
      default -> Optional.ofNullable(error.getMessage()).orElse("does not fit the form");
    };
  }

  private static String kinds(JsonNode type) {
    if (type.isArray()) {
      return type.valueStream().map(FormWords::kinds).collect(Collectors.joining(" or "));
    }
    return KINDS.getOrDefault(type.asText(), type.asText());
  }

  private static String choices(JsonNode choices) {
    String first =
        choices
            .valueStream()
            .limit(CHOICES)
            .map(c -> c.isTextual() ? c.textValue() : Json.text(c))
            .collect(Collectors.joining(", "));
    return choices.size() > CHOICES
        ? first + " and " + (choices.size() - CHOICES) + " more"
        : first;
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }
}
