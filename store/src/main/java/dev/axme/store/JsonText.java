package dev.axme.store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/**
 * JSON that is appended piece by piece; the caller keeps brackets in pairs. Escapes as Jackson
 * does.
 */
final class JsonText {
  private final StringBuilder text = new StringBuilder(1_024);

  /** Opens an object or an array, as an element or behind a name. */
  void open(char bracket) {
    separate();
    text.append(bracket);
  }

  /** Opens an object or an array as a field. */
  void open(String name, char bracket) {
    name(name);
    text.append(bracket);
  }

  void close(char bracket) {
    text.append(bracket);
  }

  /** Begins a field. The name is the program's own and needs no escapes. */
  void name(String name) {
    separate();
    text.append('"').append(name).append("\":");
  }

  void field(String name, String value) {
    name(name);
    quote(value);
  }

  void field(String name, Optional<String> value) {
    if (value.isPresent()) {
      field(name, value.get());
    }
  }

  void field(String name, long value) {
    name(name);
    text.append(value);
  }

  void field(String name, boolean value) {
    name(name);
    text.append(value);
  }

  /** An element of an array. */
  void element(String value) {
    separate();
    quote(value);
  }

  /** An element of an array that is JSON already. */
  void raw(String json) {
    separate();
    text.append(json);
  }

  private void separate() {
    if (!text.isEmpty()) {
      switch (text.charAt(text.length() - 1)) {
        case '{', '[', ':' -> {}
        default -> text.append(',');
      }
    }
  }

  private void quote(String value) {
    text.append('"');
    if (plain(value)) {
      text.append(value);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(value, text);
    }
    text.append('"');
  }

  private static boolean plain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
