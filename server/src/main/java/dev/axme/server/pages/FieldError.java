package dev.axme.server.pages;

/**
 * A sentence about one field of a posted decision, shown beside that field.
 *
 * <p>The field is a property's name or a JSON pointer below it, {@code comment}, {@code evidence},
 * {@code outcome}, or empty for the decision as a whole.
 */
public record FieldError(String field, String message) {

  /** The top-level name that this error belongs to. */
  public String top() {
    if (!field.startsWith("/")) {
      return field;
    }
    int end = field.indexOf('/', 1);
    String token = end < 0 ? field.substring(1) : field.substring(1, end);
    return token.replace("~1", "/").replace("~0", "~");
  }
}
