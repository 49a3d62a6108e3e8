package dev.axme.server.identity;

import dev.axme.core.IntentId;
import dev.axme.core.TaskId;
import dev.axme.store.Directory;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** A store on a temporary file with an owner and an agent, at a time that tests set. */
final class Town implements AutoCloseable {
  static final IntentId INTENT = new IntentId(new UUID(1, 1));
  static final TaskId TASK = new TaskId(new UUID(2, 2));

  private Instant now = Instant.parse("2027-01-01T12:00:00Z");
  private final SqliteStore store;
  final Directory directory;
  final Callers callers;
  final Provisioning provisioning;
  final Provisioning.Owner owner;

  Town(Path folder) {
    InstantSource clock = () -> now;
    store = SqliteStore.open(folder.resolve("axme.db"), clock);
    directory = store.directory();
    callers = new Callers(directory, store::now);
    provisioning = new Provisioning(directory, store::now);
    owner = provisioning.first(_ -> {}).orElseThrow();
    callers.refresh();
  }

  Sessions sessions() {
    return new Sessions(directory, callers, store::now);
  }

  Nonces nonces() {
    return new Nonces(directory, store::now);
  }

  Instant now() {
    return now;
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  @Override
  public void close() {
    store.close();
  }
}
