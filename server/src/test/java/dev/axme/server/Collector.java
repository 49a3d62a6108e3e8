package dev.axme.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A collector of spans: takes OTLP over HTTP, and reads the protobuf that it is sent. */
final class Collector implements AutoCloseable {
  /** A span as it arrived; {@code links} are the traces that it points to. */
  record Span(
      String service,
      String name,
      String trace,
      String parent,
      Map<String, String> attributes,
      List<String> links,
      long nanos) {}

  private final BlockingQueue<Span> spans = new LinkedBlockingQueue<>();
  private final HttpServer server;

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"));
    byte[] body =
        (zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody())
            .readAllBytes();
    for (Message resourceSpans : new Message(body).messages(1)) {
      String service =
          resourceSpans.messages(1).stream()
              .map(Collector::attributes)
              .map(a -> a.getOrDefault("service.name", ""))
              .findFirst()
              .orElse("");
      for (Message scopeSpans : resourceSpans.messages(2)) {
        scopeSpans.messages(2).forEach(s -> spans.add(span(service, s)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(String service, Message span) {
    return new Span(
        service,
        span.text(5),
        span.hex(1),
        span.hex(4),
        span.attributes(9),
        span.messages(13).stream().map(l -> l.hex(1)).toList(),
        span.number(8) - span.number(7));
  }

  private static Map<String, String> attributes(Message resource) {
    return resource.attributes(1);
  }

  /** Waits for a span. */
  Span await(Predicate<Span> wanted) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    List<Span> others = new ArrayList<>();
    try {
      while (Instant.now().isBefore(end)) {
        Span next = spans.poll(100, TimeUnit.MILLISECONDS);
        if (next != null && wanted.test(next)) {
          spans.addAll(others);
          return next;
        }
        if (next != null) {
          others.add(next);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("Expected another span than " + others);
  }

  /** What came and was not waited for. */
  List<String> names() {
    return spans.stream().map(Span::name).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A protobuf message, taken apart into its fields. */
  private static final class Message {
    private final Map<Integer, List<byte[]>> bytes = new LinkedHashMap<>();
    private final Map<Integer, Long> numbers = new LinkedHashMap<>();
    private final byte[] from;
    private int at;

    Message(byte[] from) {
      this.from = from;
      while (at < from.length) {
        field();
      }
    }

    private void field() {
      int tag = (int) varint();
      int number = tag >>> 3;
      switch (tag & 7) {
        case 0 -> numbers.put(number, varint());
        case 1 -> numbers.put(number, fixed(8));
        case 2 -> {
          int length = (int) varint();
          byte[] value = Arrays.copyOfRange(from, at, at + length);
          at += length;
          bytes.computeIfAbsent(number, _ -> new ArrayList<>()).add(value);
        }
        case 5 -> numbers.put(number, fixed(4));
        default -> throw new IllegalArgumentException("Expected protobuf, found tag " + tag);
      }
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = from[at++];
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    private long fixed(int size) {
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (from[at++] & 0xffL) << (8 * i);
      }
      return value;
    }

    List<Message> messages(int field) {
      return bytes.getOrDefault(field, List.of()).stream().map(Message::new).toList();
    }

    String text(int field) {
      return bytes.getOrDefault(field, List.of()).stream()
          .findFirst()
          .map(b -> new String(b, StandardCharsets.UTF_8))
          .orElse("");
    }

    String hex(int field) {
      return bytes.getOrDefault(field, List.of()).stream()
          .findFirst()
          .map(HexFormat.of()::formatHex)
          .orElse("");
    }

    long number(int field) {
      return numbers.getOrDefault(field, 0L);
    }

    /** Keys with their values: text, or whole numbers. */
    Map<String, String> attributes(int field) {
      Map<String, String> attributes = new LinkedHashMap<>();
      for (Message pair : messages(field)) {
        pair.messages(2)
            .forEach(
                v ->
                    attributes.put(
                        pair.text(1),
                        v.text(1).isEmpty() ? Long.toString(v.number(3)) : v.text(1)));
      }
      return attributes;
    }
  }
}
