package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How dangerous the asking agent says its request is; only the four known words count. */
public enum Risk {
  LOW("Low", ""),
  MEDIUM("Medium", "amber"),
  HIGH("High", "red"),
  CRITICAL("Critical", "red");

  private final String word;
  private final String colour;

  Risk(String word, String colour) {
    this.word = word;
    this.colour = colour;
  }

  /** What the payload says under {@code risk_level} or {@code risk}. */
  public static Optional<Risk> of(JsonNode payload) {
    for (String key : List.of("risk_level", "risk")) {
      JsonNode value = payload.path(key);
      Optional<Risk> known = value.isTextual() ? named(value.textValue()) : Optional.empty();
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  private static Optional<Risk> named(String text) {
    for (Risk risk : values()) {
      if (risk.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
        return Optional.of(risk);
      }
    }
    return Optional.empty();
  }

  public String word() {
    return word;
  }

  /** The class of the chip. */
  public String colour() {
    return colour;
  }
}
