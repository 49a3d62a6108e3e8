package dev.axme.bench;

import dev.axme.bench.process.Launch;
import dev.axme.bench.process.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every run of figures takes. */
final class RunOptions {
  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "sqlite",
      description = "sqlite (default), or postgresql://user:password@host:port/database")
  String store = "sqlite";

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,64,256",
      description = "Numbers of connections, each a run of its own (default: ${DEFAULT-VALUE})")
  List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long each run is measured (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often floor and figure take turns (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "8",
      description = "Seconds at least before each process is measured first (default: 8)")
  int warmUp;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Decisions a second of wake and reminders (default: ${DEFAULT-VALUE})")
  int rate;

  @Option(
      names = "--reminders",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Reminders that fall due within a minute (default: ${DEFAULT-VALUE})")
  int reminders;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where data directories are made (default: the system's temporary one)")
  Optional<Path> directory = Optional.empty();

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "An option of the server's virtual machine; may be repeated")
  List<String> jvm = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Append each figure to this file as a line of JSON")
  Optional<Path> out = Optional.empty();

  StoreUrl storeUrl() {
    return StoreUrl.parse(store);
  }

  Duration measured() {
    return Duration.ofSeconds(seconds);
  }

  Duration warming() {
    return Duration.ofSeconds(warmUp);
  }

  Path newDirectory() throws IOException {
    return directory.isPresent()
        ? Files.createTempDirectory(Files.createDirectories(directory.get()), "axme-bench")
        : Files.createTempDirectory("axme-bench");
  }

  Launch launch(Path data, Optional<String> url) {
    return Launch.of(data, url).jvm(jvm.toArray(String[]::new));
  }
}
