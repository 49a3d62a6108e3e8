package dev.axme.bench.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A request as bytes with holes for UUIDs, so that sending one costs a copy. A hole is written as
 * {@link #HOLE}; holes are filled in the order in which they stand in the request.
 */
public final class RequestTemplate {
  /** Stands for 36 bytes that each request fills anew. */
  public static final String HOLE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final List<Integer> holes = new ArrayList<>();

  private RequestTemplate(byte[] bytes) {
    this.bytes = bytes;
    byte[] hole = HOLE.getBytes(StandardCharsets.US_ASCII);
    for (int at = Bytes.indexOf(bytes, hole, 0, bytes.length);
        at >= 0;
        at = Bytes.indexOf(bytes, hole, at + 1, bytes.length)) {
      holes.add(at);
    }
  }

  /** A POST of a JSON body; {@code headers} are further lines, each ending in CRLF. */
  public static RequestTemplate post(URI server, String path, String headers, String body) {
    byte[] json = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(path, server.getAuthority(), json.length, headers);
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[start.length + json.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(json, 0, whole, start.length, json.length);
    return new RequestTemplate(whole);
  }

  /** Puts the request with a fresh random UUID (version 4) into each hole. */
  void fill(ByteBuffer out, SplittableRandom random) {
    int start = out.position();
    out.put(bytes);
    for (int hole : holes) {
      putUuid(out, start + hole, random.nextLong(), random.nextLong());
    }
  }

  /** Puts the request with this text of 36 characters into its one hole. */
  void fill(ByteBuffer out, String uuid) {
    int start = out.position();
    out.put(bytes);
    int at = start + holes.getFirst();
    for (int i = 0; i < HOLE.length(); i++) {
      out.put(at + i, (byte) uuid.charAt(i));
    }
  }

  private static void putUuid(ByteBuffer out, int at, long high, long low) {
    int to = at;
    for (int nibble = 0; nibble < 32; nibble++) {
      long half = nibble < 16 ? high : low;
      int digit = (int) (half >>> (60 - 4 * (nibble & 15))) & 15;
      if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) {
        out.put(to++, (byte) '-');
      }
      if (nibble == 12) {
        digit = 4;
      } else if (nibble == 16) {
        digit = 8 | (digit & 3);
      }
      out.put(to++, HEX[digit]);
    }
  }
}
