package dev.axme.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The facts about the machine without which a figure says nothing. */
record Machine(
    int cores,
    String processor,
    long memoryMiB,
    String system,
    String java,
    String fileSystem,
    double loadBefore) {

  static Machine here(Path data) throws IOException {
    var os = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        os.getAvailableProcessors(),
        field("/proc/cpuinfo", "model name"),
        totalMemoryMiB(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        Files.getFileStore(data).type(),
        os.getSystemLoadAverage());
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %d MiB, %s, Java %s, data on %s, load before the run %.2f",
        cores,
        processor,
        memoryMiB,
        system,
        java,
        fileSystem,
        loadBefore);
  }

  private static long totalMemoryMiB() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return os.getTotalMemorySize() >> 20;
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
