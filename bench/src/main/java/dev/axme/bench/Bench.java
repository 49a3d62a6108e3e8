package dev.axme.bench;

import dev.axme.bench.floor.DiskSync;
import dev.axme.bench.floor.FloorProcess;
import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.load.HttpLoop;
import dev.axme.bench.load.Load;
import dev.axme.bench.load.Traffic;
import dev.axme.bench.process.Folders;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.SmtpSink;
import dev.axme.bench.process.StoreUrl;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One run: the machine's facts when it is made, the floors before the first figure that is compared
 * with them, then the figures. Every part has a fresh store and a server of its own.
 */
final class Bench implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(1);
  private static final long ANSWERS_TO_WARM = 30_000;

  private final RunOptions options;
  private final Report report;
  private final StoreUrl store;
  private final Path directory;
  private boolean floorsShown;
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
    if (floorsShown) {
      return;
    }
    floorsShown = true;
    var sync = DiskSync.measure(directory, Duration.ofSeconds(3));
    double rate = 1e6 / sync.getMean();
    report.figure(Figure.ofTimes("disk-sync", sync).with("per_second", Math.round(rate)));
    try (var echo = FloorProcess.echo()) {
      floor("http-echo", echo.address());
    }
    withFloor(address -> floor("group-commit", address));
  }

  private void floor(String name, URI address) throws IOException {
    warm(name, address, floorTraffic(address));
    for (int clients : options.clients) {
      Load load = run(name, address, clients, floorTraffic(address));
      report.figure(Figure.of(name, clients, load));
    }
  }

  /** Creates without and with an idempotency key. */
  void creates() throws Exception {
    floors();
    for (boolean idempotent : new boolean[] {false, true}) {
      String name = idempotent ? "create-with-key" : "create";
      withFloor(
          floor ->
              withServer(
                  up -> {
                    var traffic = Creates.on(up.baseUrl(), up.agentKey(), idempotent);
                    warm("group-commit", floor, floorTraffic(floor));
                    warm(name, up.baseUrl(), traffic);
                    for (int clients : options.clients) {
                      compare(
                          name, clients, floor, () -> run(name, up.baseUrl(), clients, traffic));
                    }
                  }));
    }
  }

  /** Decides what was created just before, which also warms the server. */
  void decides() throws Exception {
    floors();
    withFloor(
        floor ->
            withServer(
                up -> {
                  warm("group-commit", floor, floorTraffic(floor));
                  var ids = new ArrayList<String>();
                  var supply = Creates.collecting(up.baseUrl(), up.agentKey(), ids);
                  warm("decide", up.baseUrl(), supply);
                  run("decide", up.baseUrl(), 64, decides(up, ids));
                  for (int clients : options.clients) {
                    compare(
                        "decide",
                        clients,
                        floor,
                        () -> {
                          ids.clear();
                          run("supply", up.baseUrl(), 64, supply);
                          return run("decide", up.baseUrl(), clients, decides(up, ids));
                        });
                  }
                }));
  }

  private interface Measurement {
    Load take() throws IOException;
  }

  private record Round(double floor, Load load) {
    double ratio() {
      return load.rate() / floor;
    }
  }

  /**
   * Floor and figure in turns, so that whatever else the machine does hits both; the round in the
   * middle is reported.
   */
  private void compare(String name, int clients, URI floor, Measurement measurement)
      throws IOException {
    var rounds = new ArrayList<Round>();
    for (int i = 0; i < options.rounds; i++) {
      double base = run("group-commit", floor, clients, floorTraffic(floor)).rate();
      rounds.add(new Round(base, measurement.take()));
    }
    rounds.sort(Comparator.comparingDouble(Round::ratio));
    Round middle = rounds.get(rounds.size() / 2);
    report.figure(
        Figure.of(name, clients, middle.load)
            .with("floor_per_second", Math.round(middle.floor))
            .with("of_floor", Figure.rounded(middle.ratio(), 3)));
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

  /** Decisions while many people are reminded by mail within a minute. */
  void reminders() throws Exception {
    try (var sink = SmtpSink.open();
        var fresh = store.fresh();
        var server =
            ServerProcess.start(options.launch(newData(), fresh.url()).mailTo(sink.port()))) {
      Up up = server.awaitUp();
      for (Figure figure : Reminders.measure(up, sink, options.reminders, options.rate, report)) {
        report.figure(figure);
      }
      server.stop();
    }
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

  private interface FloorUse {
    void of(URI address) throws Exception;
  }

  private void withFloor(FloorUse use) throws Exception {
    try (var fresh = store.fresh();
        var commits =
            fresh.url().isPresent()
                ? FloorProcess.postgres(fresh.url().get())
                : FloorProcess.sqlite(newData())) {
      use.of(commits.address());
    }
  }

  private static Traffic decides(Up up, List<String> waiting) {
    return new Decides(up.baseUrl(), up.loginKey(), waiting);
  }

  private static Traffic floorTraffic(URI address) {
    return Creates.on(address, "axme_sa_none", false);
  }

  /** Lets a new process compile what is hot: for a time, and for a number of answers. */
  private void warm(String what, URI address, Traffic traffic) throws IOException {
    long start = System.nanoTime();
    long answers = 0;
    Duration passed = Duration.ZERO;
    while (passed.compareTo(options.warming()) < 0
        || (answers < ANSWERS_TO_WARM && passed.compareTo(LONGEST_WARM_UP) < 0)) {
      Load load = HttpLoop.run(address, 64, traffic, Duration.ZERO, SECOND, (at, count) -> {});
      answers += load.latency().getTotalCount();
      passed = Duration.ofNanos(System.nanoTime() - start);
      report.progress("warming " + what, passed, answers);
    }
  }

  /** Measures, after a second in which the connections settle. */
  private Load run(String what, URI address, int clients, Traffic traffic) throws IOException {
    return HttpLoop.run(
        address,
        clients,
        traffic,
        SECOND,
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
    Folders.delete(directory);
  }
}
