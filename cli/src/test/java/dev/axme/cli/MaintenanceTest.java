package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What whoever can read the data directory does from a terminal, beside a real server. */
@ExtendWith(RealServer.class)
class MaintenanceTest {
  @TempDir private Path home;
  @TempDir private Path elsewhere;

  @Test
  void aNewOwnerKeyDecidesWhileTheServerRuns(Running server) {
    Typed made = At.home(home).axme("owner-key", "--data", server.data().toString());

    Typed whoami =
        At.home(home).axme("whoami", "--api-key", made.line(), "--base-url", server.url());

    assertThat(made.exitCode()).describedAs(made.err()).isEqualTo(Exit.DONE);
    assertThat(whoami.out()).contains("ask and decide");
  }

  @Test
  void aBackupOfARunningServerRestoresWhatWaits(Running server) throws IOException {
    String id = server.agent(home).axme("intents", "send", "Survive the disk").line();
    Path file = elsewhere.resolve("backup.db");
    Path data = elsewhere.resolve("data");

    Typed backup =
        At.home(home).axme("backup", file.toString(), "--data", server.data().toString());
    Typed restore = At.home(home).axme("restore", file.toString(), "--data", data.toString());

    assertThat(backup.exitCode()).describedAs(backup.err()).isEqualTo(Exit.DONE);
    assertThat(restore.exitCode()).describedAs(restore.err()).isEqualTo(Exit.DONE);
    String key = At.home(home).axme("owner-key", "--data", data.toString()).line();
    DemoServer restored = DemoServer.start(data, 0);
    try {
      Typed shown =
          At.home(home)
              .axme(
                  "tasks", "get", id, "--api-key", key, "--base-url", restored.serving().baseUrl());
      assertThat(shown.out()).contains("Survive the disk").contains("waiting");
    } finally {
      restored.stop();
    }
  }

  @Test
  void aStoreInUseIsNotReplaced(Running server) {
    Path file = elsewhere.resolve("backup.db");
    At.home(home).axme("backup", file.toString(), "--data", server.data().toString());

    Typed restore =
        At.home(home).axme("restore", file.toString(), "--data", server.data().toString());

    assertThat(restore.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(restore.err()).contains(server.url());
  }

  @Test
  void anEmptyFileIsNotTakenForABackup() throws IOException {
    Path file = Files.createFile(elsewhere.resolve("empty.db"));
    Path data = elsewhere.resolve("data");

    Typed restore = At.home(home).axme("restore", file.toString(), "--data", data.toString());

    assertThat(restore.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(restore.err()).contains("is no backup");
    assertThat(data.resolve("axme.db")).doesNotExist();
  }

  @Test
  void anExistingFileIsNotOverwritten(Running server) {
    Path file = elsewhere.resolve("backup.db");
    At.home(home).axme("backup", file.toString(), "--data", server.data().toString());

    Typed second =
        At.home(home).axme("backup", file.toString(), "--data", server.data().toString());

    assertThat(second.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(second.err()).contains("exists already");
  }
}
