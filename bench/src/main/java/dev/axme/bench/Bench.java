package dev.axme.bench;

import dev.axme.bench.floor.DiskSync;
import dev.axme.bench.floor.FloorProcess;
import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.load.HttpLoop;
import dev.axme.bench.load.Load;
import dev.axme.bench.load.Traffic;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.StoreUrl;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One run: the machine's facts when it is made, the floors before the first figure that is compared
 * with them, then the figures. Every part has a fresh store and a server of its own.
 */
final class Bench implements AutoCloseable {
  private final RunOptions options;
  private final Report report;
  private final StoreUrl store;
  private final Path directory;
  private final Map<Integer, Double> floor = new HashMap<>();
  private int made;

  Bench(RunOptions options, Report report) throws IOException {
    this.options = options;
    this.report = report;
    this.store = options.storeUrl();
    this.directory = options.newDirectory();
    report.machine(Machine.here(directory));
  }

  /** Measures what the machine could do at best; once a run. */
  void floors() throws Exception {
    if (!floor.isEmpty()) {
      return;
    }
    var sync = DiskSync.measure(directory, Duration.ofSeconds(3));
    double rate = 1e6 / sync.getMean();
    report.figure(Figure.ofTimes("disk-sync", sync).with("per_second", Math.round(rate)));
    try (var echo = FloorProcess.echo()) {
      var warming = options.warming();
      for (int clients : options.clients) {
        report.figure(Figure.of("http-echo", clients, create(echo.address(), clients, warming)));
        warming = Duration.ofSeconds(1);
      }
    }
    try (var fresh = store.fresh();
        var commits =
            fresh.url().isPresent()
                ? FloorProcess.postgres(fresh.url().get())
                : FloorProcess.sqlite(newData())) {
      var warming = options.warming();
      for (int clients : options.clients) {
        Load load = create(commits.address(), clients, warming);
        floor.put(clients, load.rate());
        report.figure(Figure.of("group-commit", clients, load));
        warming = Duration.ofSeconds(1);
      }
    }
  }

  /** Creates without and with an idempotency key. */
  void creates() throws Exception {
    floors();
    for (boolean idempotent : new boolean[] {false, true}) {
      String name = idempotent ? "create-with-key" : "create";
      withServer(
          up -> {
            var warming = options.warming();
            for (int clients : options.clients) {
              var traffic = Creates.on(up.baseUrl(), up.agentKey(), idempotent);
              Load load = run(name, up.baseUrl(), clients, traffic, warming);
              report.figure(compared(Figure.of(name, clients, load), clients, load));
              warming = Duration.ofSeconds(1);
            }
          });
    }
  }

  /** Decides what was created just before, which also warms the server. */
  void decides() throws Exception {
    floors();
    withServer(
        up -> {
          var first = new ArrayList<String>();
          var warming = Creates.collecting(up.baseUrl(), up.agentKey(), first);
          run("decide, warm-up", up.baseUrl(), 64, warming, Duration.ZERO);
          run("decide, warm-up", up.baseUrl(), 64, decides(up, first), Duration.ZERO);
          for (int clients : options.clients) {
            var ids = new ArrayList<String>();
            var supply = Creates.collecting(up.baseUrl(), up.agentKey(), ids);
            run("decide, supply", up.baseUrl(), clients, supply, Duration.ZERO);
            Load load =
                run("decide", up.baseUrl(), clients, decides(up, ids), Duration.ofSeconds(1));
            report.figure(compared(Figure.of("decide", clients, load), clients, load));
          }
        });
  }

  /** The way from a decision to the client that waits for it. */
  void wakes() throws Exception {
    withServer(
        up -> {
          int count = options.rate * options.seconds;
          report.figure(
              Figure.ofTimes("wake", Wakes.measure(up, options.rate, count, report))
                  .with("decisions_per_second", options.rate));
        });
  }

  /** The first start on an empty directory, and starts on one that exists. */
  void startups() throws Exception {
    report.figure(Figure.ofTimes("first-start", Startups.first(options, store, this::newData)));
    report.figure(Figure.ofTimes("later-start", Startups.later(options, store, newData())));
  }

  private interface Use {
    void of(Up up) throws Exception;
  }

  private void withServer(Use use) throws Exception {
    try (var fresh = store.fresh();
        var server = ServerProcess.start(options.launch(newData(), fresh.url()))) {
      use.of(server.awaitUp());
      server.stop();
    }
  }

  private Figure compared(Figure figure, int clients, Load load) {
    double ratio = load.rate() / floor.getOrDefault(clients, Double.NaN);
    return figure.with("of_floor", Figure.rounded(ratio, 3));
  }

  private static Traffic decides(Up up, Iterable<String> ids) {
    var waiting = new ArrayList<String>();
    ids.forEach(waiting::add);
    return new Decides(up.baseUrl(), up.loginKey(), waiting);
  }

  private Load create(URI address, int clients, Duration warming) throws IOException {
    return run("floor", address, clients, Creates.on(address, "axme_sa_none", false), warming);
  }

  private Load run(String what, URI address, int clients, Traffic traffic, Duration warming)
      throws IOException {
    return HttpLoop.run(
        address,
        clients,
        traffic,
        warming,
        options.measured(),
        (passed, answers) -> report.progress(what + " with " + clients, passed, answers));
  }

  private Path newData() {
    try {
      return Files.createDirectories(directory.resolve("data-" + ++made));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
