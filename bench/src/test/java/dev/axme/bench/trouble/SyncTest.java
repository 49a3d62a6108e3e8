package dev.axme.bench.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persist before acknowledging, seen from outside: the system calls of a running server. */
final class SyncTest {
  private static final int REQUESTS = 20;

  @TempDir private Path directory;

  @BeforeEach
  void needsTheTracer() {
    Tools.need("strace");
  }

  @Test
  void theLogIsSyncedBetweenARequestAndItsAnswer() throws Exception {
    List<SystemCalls.Exchange> exchanges = watch(Launch.sqlite(directory.resolve("data")));

    assertThat(exchanges).hasSize(REQUESTS).allMatch(SystemCalls.Exchange::durable);
  }

  @Test
  void theWatchNoticesAStoreThatDoesNotSync() throws Exception {
    Launch unsafe = Launch.sqlite(directory.resolve("data")).jvm("-Daxme.sqlite.synchronous=OFF");

    assertThat(watch(unsafe)).hasSize(REQUESTS).noneMatch(SystemCalls.Exchange::durable);
  }

  private List<SystemCalls.Exchange> watch(Launch launch) throws IOException, InterruptedException {
    Path trace = directory.resolve("trace");
    try (var server = Running.start(launch.under(tracer(trace)))) {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(server.create(UUID.randomUUID()).status()).isEqualTo(200);
      }
      server.stop();
    }
    return SystemCalls.parse(
            Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1))
        .exchanges("POST /v1/intents ");
  }

  /** The tracer runs beside the server, so that a signal to the child reaches the server. */
  private static String[] tracer(Path trace) {
    String calls =
        "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync";
    return new String[] {
      "strace",
      "-D",
      "-f",
      "--seccomp-bpf",
      "-tt",
      "-y",
      "-s",
      "48",
      "-o",
      trace.toString(),
      "-e",
      "trace=" + calls
    };
  }
}
