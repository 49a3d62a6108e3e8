package dev.axme.server.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Light or dark: as the system has it, or as the person chose. */
public enum Theme {
  SYSTEM("light dark"),
  LIGHT("light"),
  DARK("dark");

  /** Where the switch posts to. */
  public static final String ACTION = "/theme";

  /** The name of the switch's field. */
  public static final String FIELD = "theme";

  private final String schemes;

  Theme(String schemes) {
    this.schemes = schemes;
  }

  /** The theme of this {@link #value}. */
  public static Optional<Theme> of(String value) {
    return Arrays.stream(values()).filter(t -> t.value().equals(value)).findFirst();
  }

  /** The name in forms, in cookies and in the sheet. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name for people. */
  public String word() {
    return name().charAt(0) + value().substring(1);
  }

  /** What the sheet looks for at the root; null when the system decides. */
  public @Nullable String forced() {
    return this == SYSTEM ? null : value();
  }

  /** What the browser is told before it has the sheet. */
  public String schemes() {
    return schemes;
  }

  /** What a press of the switch leads to. */
  public Theme next() {
    return switch (this) {
      case SYSTEM -> LIGHT;
      case LIGHT -> DARK;
      case DARK -> SYSTEM;
    };
  }
}
