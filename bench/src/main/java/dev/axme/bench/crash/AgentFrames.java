package dev.axme.bench.crash;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The deliveries of one connection. A frame that does not come whole is none. */
final class AgentFrames {
  private final BufferedReader lines;

  AgentFrames(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The same, but nothing comes after so many bytes: as when the line is cut. */
  static AgentFrames cut(InputStream body, int after) {
    return new AgentFrames(new Cut(body, after));
  }

  /** The next delivery; empty at the end, however that came. Blocks. */
  Optional<Delivery> next() throws IOException {
    String event = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      } else if (line.isEmpty() && event.equals("intent.delivered")) {
        return Optional.of(Delivery.of(data));
      }
    }
    return Optional.empty();
  }

  private static final class Cut extends FilterInputStream {
    private int left;

    Cut(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = super.read(bytes, from, Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
