package dev.axme.sdk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers. Whatever may be repeated without harm is: reads, and writes that carry an
 * idempotency key, on a lost connection, 429 and 503, for as long as the settings say.
 */
final class Transport {
  /** Where, as whom, and how patiently. */
  record Settings(
      URI baseUrl, Map<String, String> headers, Duration requestTimeout, Duration retryFor) {}

  /** A day, in seconds: longer than anybody means, and short enough to count with. */
  private static final long LONGEST_PAUSE = 86_400;

  private final Settings settings;
  private final HttpClient http;

  Transport(Settings settings, HttpClient http) {
    this.settings = settings;
    this.http = http;
  }

  HttpClient http() {
    return http;
  }

  Fields get(String path) {
    return retrying(() -> exchange(request(path).GET().build()));
  }

  Fields post(String path, Map<String, ?> body) {
    return post(path, body, UUID.randomUUID().toString());
  }

  Fields post(String path, Map<String, ?> body, String idempotencyKey) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(Json.format(body)))
            .build();
    return retrying(() -> exchange(request));
  }

  Fields delete(String path) {
    return retrying(() -> exchange(request(path).DELETE().build()));
  }

  /** A request to that path with everything that each of ours carries. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.baseUrl() + path))
            .timeout(settings.requestTimeout())
            .header("X-Trace-Id", UUID.randomUUID().toString());
    settings.headers().forEach(request::header);
    return request;
  }

  /** An address as a path has it: without its scheme, its slashes as they are. */
  static String address(String address) {
    String[] segments = address.strip().replaceFirst("(?i)^agent:/{1,2}", "").split("/", -1);
    return Stream.of(segments).map(Transport::encode).collect(Collectors.joining("/"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What goes wrong on the way, as our one exception. */
  AxmeException lost(IOException cause) {
    String what =
        cause instanceof ConnectException
            ? "Nothing answers at " + settings.baseUrl()
            : cause instanceof HttpTimeoutException
                ? "No answer from " + settings.baseUrl() + " in time"
                : "The connection to " + settings.baseUrl() + " broke";
    return AxmeException.unreachable(what, cause);
  }

  static AxmeException refused(int status, String body, java.net.http.HttpHeaders headers) {
    Fields json = new Fields(objectOrEmpty(body));
    Fields error = json.in("error");
    String code = error.optional("code").orElse("http_" + status);
    String detail =
        json.optional("detail")
            .or(() -> error.optional("message"))
            .orElse("The server answered " + status);
    return new AxmeException(
        status,
        code,
        detail,
        headers.firstValue("x-request-id").orElse(null),
        retryAfter(headers).orElse(null));
  }

  /** How long to wait before trying again for the n-th time (from 0), unless the server said. */
  static Duration pause(int attempt, AxmeException why) {
    long millis = Math.min(5_000, 100L << Math.min(attempt, 10));
    long jittered = millis / 2 + (long) (Math.random() * millis / 2);
    return why.retryAfter().orElse(Duration.ofMillis(jittered));
  }

  static void sleep(Duration span) {
    try {
      Thread.sleep(span.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AxmeException.interrupted(e);
    }
  }

  private interface Attempt {
    Fields run() throws AxmeException;
  }

  private Fields retrying(Attempt attempt) {
    long begin = System.nanoTime();
    for (int failures = 0; ; failures++) {
      try {
        return attempt.run();
      } catch (AxmeException e) {
        Duration pause = pause(failures, e);
        Duration spent = Duration.ofNanos(System.nanoTime() - begin);
        boolean enough = spent.plus(pause).compareTo(settings.retryFor()) >= 0;
        if (!e.passing() || enough) {
          throw e;
        }
        sleep(pause);
      }
    }
  }

  private Fields exchange(HttpRequest request) {
    HttpResponse<String> response;
    try {
      response = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AxmeException.interrupted(e);
    }
    if (response.statusCode() / 100 != 2) {
      throw refused(response.statusCode(), response.body(), response.headers());
    }
    try {
      return new Fields(Json.parseObject(response.body()));
    } catch (IllegalArgumentException e) {
      throw AxmeException.foreign(settings.baseUrl() + " answers, but not as an axme server");
    }
  }

  private static Optional<Duration> retryAfter(java.net.http.HttpHeaders headers) {
    try {
      return headers
          .firstValue("Retry-After")
          .map(text -> Math.max(0, Math.min(LONGEST_PAUSE, Long.parseLong(text.trim()))))
          .map(Duration::ofSeconds);
    } catch (NumberFormatException aDate) {
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> objectOrEmpty(String body) {
    try {
      return Json.parseObject(body);
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
