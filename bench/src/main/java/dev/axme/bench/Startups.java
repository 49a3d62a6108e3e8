package dev.axme.bench;

import dev.axme.bench.process.Launch;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.StoreUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** How long a server takes from the start of its process to its first 200 on /health/ready. */
final class Startups {
  private static final int RUNS = 7;
  private static final byte[] ASK =
      "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private Startups() {}

  /** Starts on nothing: the store is made, keys are made. */
  static Histogram first(RunOptions options, StoreUrl store, Supplier<Path> directories)
      throws IOException, SQLException {
    var micros = new Histogram(120_000_000, 3);
    for (int i = 0; i < RUNS; i++) {
      try (var fresh = store.fresh()) {
        micros.recordValue(start(options.launch(directories.get(), fresh.url())));
      }
    }
    return micros;
  }

  /** Starts on a store that exists and holds nothing yet. */
  static Histogram later(RunOptions options, StoreUrl store, Path data)
      throws IOException, SQLException {
    var micros = new Histogram(120_000_000, 3);
    try (var fresh = store.fresh()) {
      Launch launch = options.launch(data, fresh.url());
      start(launch);
      for (int i = 0; i < RUNS; i++) {
        micros.recordValue(start(launch));
      }
    }
    return micros;
  }

  private static long start(Launch launch) throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    long from = System.nanoTime();
    try (var server = ServerProcess.start(launch, port)) {
      while (!ready(port)) {
        if (!server.alive()) {
          throw new IllegalStateException("The server ended: " + server.lastMessages());
        }
        LockSupport.parkNanos(2_000_000);
      }
      long micros = (System.nanoTime() - from) / 1000;
      server.stop();
      return micros;
    }
  }

  private static boolean ready(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write(ASK);
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes(12);
      return new String(start, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }
}
