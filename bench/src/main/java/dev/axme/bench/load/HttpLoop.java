package dev.axme.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A closed loop of HTTP/1.1 requests over keep-alive connections, on the calling thread. Each
 * connection has one request under way; the loop ends after its time, or when the traffic has
 * nothing more to send.
 */
public final class HttpLoop {
  private static final long LONGEST_MICROS = 120_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Traffic traffic;
  private final Progress progress;
  private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
  private final Map<Integer, Long> refused = new HashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
  private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
  private long measuringFrom;
  private boolean sending = true;
  private int underWay;
  private long answers;

  /** Shows how far a run is; called about once a second. */
  @FunctionalInterface
  public interface Progress {
    void at(Duration passed, long answers);
  }

  private HttpLoop(Traffic traffic, Progress progress) {
    this.traffic = traffic;
    this.progress = progress;
  }

  /** Runs the traffic: first {@code warmUp} unmeasured, then {@code measured}. */
  public static Load run(
      URI server,
      int connections,
      Traffic traffic,
      Duration warmUp,
      Duration measured,
      Progress progress)
      throws IOException {
    var loop = new HttpLoop(traffic, progress);
    var open = new ArrayList<Connection>();
    try (var selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        open.add(connect(server, i, selector));
      }
      return loop.run(selector, open, warmUp, measured);
    } finally {
      for (var connection : open) {
        connection.channel.close();
      }
    }
  }

  private static Connection connect(URI server, int index, Selector selector) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    var connection = new Connection(index, channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  private Load run(
      Selector selector, List<Connection> connections, Duration warmUp, Duration measured)
      throws IOException {
    long start = System.nanoTime();
    measuringFrom = start + warmUp.toNanos();
    long stop = measuringFrom + measured.toNanos();
    long cpu = cpuNanos();
    for (var connection : connections) {
      send(connection);
    }
    long shown = start;
    long heard = start;
    long lastAnswers = 0;
    while (underWay > 0) {
      selector.select(this::ready, 100);
      long now = System.nanoTime();
      sending = sending && now < stop;
      if (answers != lastAnswers) {
        lastAnswers = answers;
        heard = now;
      }
      if (now - heard > PATIENCE.toNanos()) {
        throw new IllegalStateException(underWay + " requests without an answer for " + PATIENCE);
      }
      if (now - shown > 1_000_000_000L) {
        shown = now;
        progress.at(Duration.ofNanos(now - start), answers);
      }
    }
    double seconds = Math.max(1, Math.min(stop, System.nanoTime()) - measuringFrom) / 1e9;
    double micros = (cpuNanos() - cpu) / 1e3 / Math.max(1, answers);
    return new Load(seconds, latency, refused, micros);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void ready(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      in.clear();
      if (connection.channel.read(in) < 0) {
        throw new IllegalStateException("The server closed connection " + connection.index);
      }
      if (connection.parser.feed(in.flip())) {
        answered(connection);
        send(connection);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Connection " + connection.index + " failed", e);
    }
  }

  private void answered(Connection connection) {
    long now = System.nanoTime();
    int status = connection.parser.status();
    underWay--;
    answers++;
    if (now >= measuringFrom && sending) {
      if (status / 100 == 2) {
        latency.recordValue(Math.min(LONGEST_MICROS, (now - connection.sentAt) / 1000));
      } else {
        refused.merge(status, 1L, Long::sum);
      }
    }
    traffic.answered(connection.index, status, connection.parser.body());
    connection.parser.reset();
  }

  private void send(Connection connection) throws IOException {
    out.clear();
    if (!sending || !traffic.next(connection.index, out)) {
      return;
    }
    out.flip();
    connection.sentAt = System.nanoTime();
    underWay++;
    while (out.hasRemaining()) {
      connection.channel.write(out);
    }
  }

  private static final class Connection {
    final int index;
    final SocketChannel channel;
    final AnswerParser parser = new AnswerParser();
    long sentAt;

    Connection(int index, SocketChannel channel) {
      this.index = index;
      this.channel = channel;
    }
  }
}
