package dev.axme.bench.trouble;

import static dev.axme.bench.trouble.Running.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.process.Launch;
import dev.axme.bench.trouble.Running.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk, for real: a limit on the size of the server's files ({@code EFBIG}), and a file
 * system without room ({@code ENOSPC}).
 */
final class DiskFullTest {
  private static final int ROOM = 64 * 1024;
  private static final int MORE_THAN_FITS = 1000;

  @TempDir private Path directory;

  @Test
  void aFileThatMayNotGrowIsRefusedKindlyLosesNothingAndHealsByItself() throws Exception {
    Tools.need("prlimit");
    Launch launch = Launch.sqlite(directory.resolve("data"));

    refusedThenHealed(
        launch,
        server -> limit(server, (largestFile(launch.data()) + ROOM) + ":unlimited"),
        server -> limit(server, "unlimited"));
  }

  @Test
  void aFullFileSystemIsRefusedKindlyLosesNothingAndHealsByItself() throws Exception {
    Tools.needRoot();
    Path data = Files.createDirectories(directory.resolve("data"));
    Path ballast = data.resolve("ballast");
    Tools.run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data.toString());
    try {
      refusedThenHealed(
          Launch.sqlite(data),
          server -> Files.write(ballast, new byte[(int) data.toFile().getUsableSpace() - ROOM]),
          server -> Files.delete(ballast));
    } finally {
      Tools.run("umount", data.toString());
    }
  }

  private interface Change {
    void of(Running server) throws IOException, InterruptedException;
  }

  private static void refusedThenHealed(Launch launch, Change fill, Change free) throws Exception {
    var acknowledged = new ArrayList<UUID>();
    try (var server = Running.start(launch)) {
      assertThat(create(server, acknowledged).status()).isEqualTo(200);
      fill.of(server);

      Answer full = createUntilFull(server, acknowledged);

      assertThat(full.status()).isEqualTo(503);
      assertThat(full.retryAfter()).isTrue();
      assertThat(full.code()).isEqualTo("store_unavailable");
      assertThat(server.get("/v1/intents?limit=1000").status()).isEqualTo(200);
      assertThat(server.count(acknowledged.getFirst())).isEqualTo(1);
      free.of(server);
      UUID after = UUID.randomUUID();
      Answer healed = eventually(() -> server.create(after), a -> a.status() == 200);
      assertThat(healed.status()).isEqualTo(200);
      acknowledged.add(after);
      assertEachIsThereOnce(server, acknowledged);
    }
    try (var again = Running.start(launch)) {
      assertEachIsThereOnce(again, acknowledged);
    }
  }

  private static Answer createUntilFull(Running server, List<UUID> acknowledged)
      throws IOException, InterruptedException {
    Answer answer = create(server, acknowledged);
    for (int i = 0; i < MORE_THAN_FITS && answer.status() == 200; i++) {
      answer = create(server, acknowledged);
    }
    return answer;
  }

  private static Answer create(Running server, List<UUID> acknowledged)
      throws IOException, InterruptedException {
    UUID key = UUID.randomUUID();
    Answer answer = server.create(key);
    if (answer.status() == 200) {
      acknowledged.add(key);
    }
    return answer;
  }

  private static void assertEachIsThereOnce(Running server, List<UUID> keys)
      throws IOException, InterruptedException {
    for (UUID key : keys) {
      assertThat(server.count(key)).as("intents of %s", key).isEqualTo(1);
    }
  }

  private static void limit(Running server, String bytes) throws IOException, InterruptedException {
    Tools.run("prlimit", "--pid", String.valueOf(server.pid()), "--fsize=" + bytes);
  }

  private static long largestFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(f -> f.toFile().length()).max().orElseThrow();
    }
  }
}
