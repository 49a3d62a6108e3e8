package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.axme.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A real HTTP server that takes webhooks, and checks signatures by rules of its own. */
final class Receiver implements AutoCloseable {
  private final HttpServer http;
  private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
  private volatile Function<Hook, Integer> answer = _ -> 200;

  /**
   * What came.
   *
   * @param headers by their names in lower case
   */
  record Hook(Map<String, String> headers, String body) {
    ObjectNode json() {
      return Json.readObject(body.getBytes(StandardCharsets.UTF_8));
    }

    String type() {
      return json().path("event_type").textValue();
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Whether one of the Standard Webhooks signatures is by this secret. */
    boolean signedBy(String secret) {
      byte[] key =
          secret.startsWith("whsec_")
              ? Base64.getDecoder().decode(secret.substring(6))
              : secret.getBytes(StandardCharsets.UTF_8);
      String content = header("webhook-id") + "." + header("webhook-timestamp") + "." + body;
      String expected = "v1," + Base64.getEncoder().encodeToString(hmac(key, content));
      return Arrays.asList(header("webhook-signature").split(" ", -1)).contains(expected);
    }

    /** Whether the protocol's own signature is by this secret. */
    boolean axmeSignedBy(String secret) {
      byte[] key = secret.getBytes(StandardCharsets.UTF_8);
      return header("x-axme-signature")
          .equals("sha256=" + HexFormat.of().formatHex(hmac(key, body)));
    }

    private static byte[] hmac(byte[] key, String content) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Receiver() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::take);
    http.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    Hook hook = new Hook(headers, new String(body, StandardCharsets.UTF_8));
    hooks.add(hook);
    byte[] said = "thanks".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.apply(hook), said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/hook";
  }

  /** How every hook is answered from now on. */
  void answer(Function<Hook, Integer> status) {
    answer = status;
  }

  /** The next one that came. */
  Hook next() {
    try {
      Hook hook = hooks.poll(20, TimeUnit.SECONDS);
      assertThat(hook).as("a webhook within 20 s").isNotNull();
      return hook;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything up to and with the first one that fits. */
  List<Hook> until(Predicate<Hook> last) {
    List<Hook> all = new ArrayList<>();
    do {
      all.add(next());
    } while (!last.test(all.getLast()));
    return all;
  }

  /** How many came that nobody looked at. */
  int unread() {
    return hooks.size();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
