package dev.axme.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one HTTP/1.1 answer with a Content-Length out of what has arrived so far. It knows just
 * what the server sends on its hot routes and says so when it meets something else.
 */
final class AnswerParser {
  private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");

  private byte[] bytes = new byte[8 * 1024];
  private int filled;
  private int bodyFrom = -1;
  private int bodyTo;
  private int status;

  /** Takes what has arrived; true when the answer is whole. */
  boolean feed(ByteBuffer arrived) {
    int length = arrived.remaining();
    if (filled + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, filled + length));
    }
    arrived.get(bytes, filled, length);
    int scanFrom = Math.max(0, filled - END_OF_HEAD.length);
    filled += length;
    if (bodyFrom < 0 && !readHead(scanFrom)) {
      return false;
    }
    if (filled > bodyTo) {
      throw new IllegalStateException("Expected one answer at a time, found more: " + text());
    }
    return filled == bodyTo;
  }

  int status() {
    return status;
  }

  AnswerBody body() {
    return new AnswerBody(bytes, bodyFrom, bodyTo);
  }

  void reset() {
    filled = 0;
    bodyFrom = -1;
  }

  private boolean readHead(int scanFrom) {
    int end = Bytes.indexOf(bytes, END_OF_HEAD, scanFrom, filled);
    if (end < 0) {
      return false;
    }
    int header = Bytes.indexOfWord(bytes, CONTENT_LENGTH, 0, end);
    if (header < 0) {
      throw new IllegalStateException("Expected an answer with Content-Length, found: " + text());
    }
    status = number(9);
    bodyFrom = end + END_OF_HEAD.length;
    bodyTo = bodyFrom + number(header + CONTENT_LENGTH.length);
    return true;
  }

  private int number(int at) {
    int i = at;
    while (bytes[i] == ' ') {
      i++;
    }
    int value = 0;
    while (bytes[i] >= '0' && bytes[i] <= '9') {
      value = value * 10 + bytes[i++] - '0';
    }
    return value;
  }

  private String text() {
    return new String(bytes, 0, filled, StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
