package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one client is about to send, on disk before it is sent, and what an agent saw: lines of
 * JSON.
 */
final class Journal implements AutoCloseable {
  private final FileChannel file;
  private final ObjectMapper json = new ObjectMapper();

  Journal(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Comes back when the line is on the disk. */
  void write(Record record) throws IOException {
    byte[] line = (json.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
