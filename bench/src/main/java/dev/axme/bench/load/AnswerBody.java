package dev.axme.bench.load;

import java.nio.charset.StandardCharsets;

/** A view of the body of an answer in the connection's buffer: valid until the next request. */
public final class AnswerBody {
  private final byte[] bytes;
  private final int from;
  private final int to;

  AnswerBody(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The value of the first string member of this name, as it stands between its quotes. */
  public String string(String name) {
    byte[] mark = ("\"" + name + "\":\"").getBytes(StandardCharsets.UTF_8);
    int start = Bytes.indexOf(bytes, mark, from, to);
    if (start < 0) {
      throw new IllegalStateException("Expected \"" + name + "\" in " + text());
    }
    int value = start + mark.length;
    int end = value;
    while (end < to && bytes[end] != '"') {
      end++;
    }
    return new String(bytes, value, end - value, StandardCharsets.UTF_8);
  }

  /** The whole body. */
  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
