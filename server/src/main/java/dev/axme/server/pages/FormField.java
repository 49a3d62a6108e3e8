package dev.axme.server.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One field of a form, ready to be drawn: its words, its control and what is in it. */
public record FormField(
    String id, String name, Words words, Control control, Content content, @Nullable String error) {

  /** What is written around a field. */
  public record Words(String label, String hint, boolean required) {}

  /** Which control it is; the last three strings are attributes and empty when they are not set. */
  public record Control(Shape shape, String type, String inputMode, String maxLength) {}

  /** What is in it: text, or options to choose from. */
  public record Content(String text, List<Option> options) {}

  /** One thing to choose. */
  public record Option(String value, String label, boolean chosen) {}

  /** The kinds of controls. */
  public enum Shape {
    LINE,
    AREA,
    CODE,
    RADIOS,
    CHECKS,
    SELECT
  }

  /** The id of the hint, when there is one. */
  public @Nullable String hintId() {
    return words.hint().isEmpty() ? null : id + "-hint";
  }

  /** The ids of all that explains the field, for {@code aria-describedby}. */
  public @Nullable String describedBy() {
    if (error == null) {
      return hintId();
    }
    return hintId() == null ? id + "-error" : id + "-hint " + id + "-error";
  }

  /** The attribute {@code aria-invalid}. */
  public @Nullable String invalid() {
    return error == null ? null : "true";
  }
}
