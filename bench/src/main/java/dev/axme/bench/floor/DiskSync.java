package dev.axme.bench.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How often a second the disk makes 4 KiB durable, one after the other, in a file that was written
 * before ({@code fdatasync}): what a recycled write-ahead log does.
 */
public final class DiskSync {
  private static final int PAGE = 4096;
  private static final int PAGES = 4096;

  private DiskSync() {}

  /** Microseconds of each write with its sync. */
  public static Histogram measure(Path directory, Duration duration) throws IOException {
    Path file = Files.createTempFile(directory, "sync", ".bin");
    var times = new Histogram(60_000_000, 3);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var page = ByteBuffer.allocateDirect(PAGE);
      for (int i = 0; i < PAGES; i++) {
        channel.write(page.clear());
      }
      channel.force(true);
      long end = System.nanoTime() + duration.toNanos();
      for (long i = 0, from = System.nanoTime(); from < end; i++) {
        channel.write(page.clear(), i % PAGES * PAGE);
        channel.force(false);
        long now = System.nanoTime();
        times.recordValue((now - from) / 1000);
        from = now;
      }
      return times;
    } finally {
      Files.delete(file);
    }
  }
}
