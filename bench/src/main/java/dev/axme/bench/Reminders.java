package dev.axme.bench;

import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.process.SmtpSink;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Decisions while a flood of reminders falls due: each of many waiting questions reminds its person
 * by mail once, all of them within one minute. The latency of decisions at an even rate is taken
 * before and during that minute.
 */
final class Reminders {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int CREATES_AT_ONCE = 32;
  private static final int WARM_UP_SECONDS = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Up up;
  private final SmtpSink sink;
  private final Report report;

  private Reminders(Up up, SmtpSink sink, Report report) {
    this.up = up;
    this.sink = sink;
    this.report = report;
  }

  /** Answers the figures of {@code count} reminders and {@code rate} decisions a second. */
  static List<Figure> measure(Up up, SmtpSink sink, int count, int rate, Report report)
      throws IOException, InterruptedException, ExecutionException {
    return new Reminders(up, sink, report).run(count, rate);
  }

  private List<Figure> run(int count, int rate)
      throws IOException, InterruptedException, ExecutionException {
    // The first mails of all questions, and the latency without any, come before the minute.
    Duration lead = Duration.ofSeconds(60 + 2L * WARM_UP_SECONDS + 60 + count / 40);
    long flood = System.nanoTime() + lead.toNanos();
    create(count, flood);
    sent("first mails", sink::received, count);
    decide(rate, WARM_UP_SECONDS);
    Histogram quiet = decide(rate, 60);
    long left = flood - System.nanoTime();
    if (left < 0) {
      throw new IllegalStateException("The reminders fell due before the quiet minute was over");
    }
    LockSupport.parkNanos(left);
    Histogram during = decide(rate, 60);
    long inTime = sink.followUps();
    long late = System.nanoTime();
    sent("reminders", sink::followUps, count);
    double lateSeconds = (System.nanoTime() - late) / 1e9;
    return List.of(
        Figure.ofTimes("decide-quiet", quiet).with("decisions_per_second", rate),
        Figure.ofTimes("decide-reminding", during)
            .with("p50_of_quiet", ratio(during, quiet, 50))
            .with("p99_of_quiet", ratio(during, quiet, 99))
            .with("reminders", count)
            .with("sent_within_the_minute", inTime)
            .with("last_after_seconds", Figure.rounded(lateSeconds, 1)));
  }

  private static double ratio(Histogram a, Histogram b, double percentile) {
    return Figure.rounded(
        (double) a.getValueAtPercentile(percentile) / b.getValueAtPercentile(percentile), 2);
  }

  /** Due one after the other, the first at {@code flood} and the last a minute later. */
  private void create(int count, long flood) throws InterruptedException, ExecutionException {
    var room = new Semaphore(CREATES_AT_ONCE);
    var all = new CompletableFuture<?>[count];
    for (int i = 0; i < count; i++) {
      long due = flood + MINUTE.toNanos() * i / count;
      long seconds = Duration.ofNanos(due - System.nanoTime()).toSeconds();
      room.acquire();
      all[i] =
          post("/v1/intents", up.agentKey(), question(seconds, i))
              .whenComplete((answer, failure) -> room.release());
      if (i % 500 == 0) {
        report.progress("questions", Duration.ZERO, i);
      }
    }
    CompletableFuture.allOf(all).get();
  }

  private static String question(long seconds, int person) {
    return """
    {"intent_type":"human_approval","to_agent":"agent://approver",
     "payload":{"task":"Transfer 12,500.00 EUR","risk_level":"high"},
     "remind_after_seconds":%d,"remind_interval_seconds":86400,"max_reminders":1,
     "human_task":{"title":"Transfer 12,500.00 EUR","notify_email":"person%d@example.com"}}
    """
        .formatted(seconds, person);
  }

  private void sent(String what, LongSupplier soFar, long count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (soFar.getAsLong() < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "Expected %d %s, but %d came".formatted(count, what, soFar.getAsLong()));
      }
      report.progress(what, Duration.ZERO, soFar.getAsLong());
      LockSupport.parkNanos(100_000_000);
    }
  }

  /** Open loop: each decision is sent at its time, however long the one before it takes. */
  private Histogram decide(int rate, int seconds)
      throws IOException, InterruptedException, ExecutionException {
    List<String> ids = Creates.make(up.baseUrl(), up.agentKey(), rate * seconds);
    var micros = new ConcurrentHistogram(60_000_000, 3);
    var all = new CompletableFuture<?>[ids.size()];
    long start = System.nanoTime();
    for (int i = 0; i < ids.size(); i++) {
      long due = start + 1_000_000_000L * i / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      all[i] =
          post("/v1/intents/" + ids.get(i) + "/resume", up.loginKey(), Decides.BODY)
              .thenAccept(
                  answer -> {
                    if (answer.statusCode() != 200) {
                      throw new IllegalStateException("Decide answered " + answer.body());
                    }
                    micros.recordValue((System.nanoTime() - due) / 1000);
                  });
    }
    CompletableFuture.allOf(all).get();
    return micros;
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String key, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(up.baseUrl() + path))
            .timeout(Duration.ofSeconds(60))
            .header("content-type", "application/json")
            .header("x-api-key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }
}
