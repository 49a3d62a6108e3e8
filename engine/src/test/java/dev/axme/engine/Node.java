package dev.axme.engine;

import dev.axme.core.Append;
import dev.axme.core.IntentEvent;
import dev.axme.core.Phase;
import dev.axme.core.Root;
import dev.axme.store.Store;
import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An engine with its store, as a server wires them. What is submitted before {@link #start()} is
 * committed as one batch.
 */
final class Node implements AutoCloseable {
  private final Store store;
  private final Engine engine;

  private Node(Store store, Engine engine) {
    this.store = store;
    this.engine = engine;
  }

  static Node on(Store store) {
    return new Node(store, new Engine(store));
  }

  static Node sqlite(Path directory, InstantSource clock) {
    return sqlite(directory, clock, s -> s);
  }

  /** With something in front of the store. */
  static Node sqlite(Path directory, InstantSource clock, UnaryOperator<Store> front) {
    return on(front.apply(SqliteStore.open(directory.resolve("axme.db"), clock)));
  }

  static Node postgres(String url) {
    return postgres(url, s -> s);
  }

  static Node postgres(String url, UnaryOperator<Store> front) {
    return on(front.apply(PostgresStore.open(url)));
  }

  /** A node that waits this long for a root that somebody else holds. */
  static Node postgres(String url, Duration patience, UnaryOperator<Store> front) {
    Store store = front.apply(PostgresStore.open(url));
    return new Node(store, new Engine(store, patience));
  }

  Node start() {
    engine.start();
    return this;
  }

  Engine engine() {
    return engine;
  }

  Store store() {
    return store;
  }

  Told submit(Submission submission) {
    Told told = new Told();
    engine.submit(submission, told);
    return told;
  }

  /** Submits and waits until it has happened. */
  Answer.Accepted accepted(Submission submission) {
    return submit(submission).accepted();
  }

  List<Append> log(Ref ref) {
    return store.log(ref.workspace(), ref.root());
  }

  List<IntentEvent> events(Ref ref) {
    return log(ref).stream().flatMap(a -> a.events().stream()).toList();
  }

  Phase phase(Ref ref) {
    return Root.fold(ref.root(), log(ref)).intent(ref.intent()).orElseThrow().phase();
  }

  @Override
  public void close() {
    engine.close();
    store.close();
  }
}
