package dev.axme.server.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Half a surrogate pair: JSON can escape it, but it is no character, and neither UTF-8 nor a
 * database can keep it.
 */
final class Surrogates {
  private Surrogates() {}

  /** Whether it is worth looking: an escape or a byte that a surrogate would need is there. */
  static boolean mayBeIn(byte[] json) {
    for (int i = 0; i + 2 < json.length; i++) {
      boolean escaped = json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd';
      if (escaped || json[i] == (byte) 0xED) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name or text below {@code node} has one. */
  static boolean loneIn(JsonNode node) {
    if (node.isTextual()) {
      return lone(node.textValue());
    }
    return node.properties().stream().anyMatch(p -> lone(p.getKey()))
        || node.valueStream().anyMatch(Surrogates::loneIn);
  }

  private static boolean lone(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
