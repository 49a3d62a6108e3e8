package dev.axme.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.axme.core.Address;
import dev.axme.core.Person;
import dev.axme.core.PersonId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Credential;
import dev.axme.store.Directory;
import dev.axme.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds out who a credential stands for, and who is who in a workspace. What it knows is kept in
 * memory until the directory changes; a revocation on another node is noticed within half a second,
 * and a command's credential is checked once more in the transaction that commits it.
 */
public final class Callers implements AutoCloseable {
  private static final long POLL_MILLIS = 300;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Directory directory;
  private final Supplier<Instant> now;
  private final Cache<String, Caller> callers =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(REMEMBERED).build();
  private final Cache<WorkspaceId, Known> known =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(REMEMBERED).build();
  private final Semaphore stop = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("axme-directory").unstarted(this::loop);
  private volatile long version = -1;
  private volatile Runnable changed = () -> {};

  /** The callers of this directory; {@code now} is the store's time. */
  public Callers(Directory directory, Supplier<Instant> now) {
    this.directory = directory;
    this.now = now;
  }

  /**
   * Begins to watch the directory; {@code onChange} is called after what was known is forgotten.
   */
  public void start(Runnable onChange) {
    changed = onChange;
    version = directory.version();
    thread.start();
  }

  /** A key's caller if it is in memory. */
  public Optional<Caller> cached(String key) {
    return Optional.ofNullable(callers.getIfPresent(Secrets.hash(key)));
  }

  /** A key's caller; may block. Empty when the key is unknown, revoked or expired. */
  public Optional<Caller> byKey(String key) {
    String hash = Secrets.hash(key);
    long before = directory.version();
    Optional<Directory.Key> live = directory.liveKey(hash);
    Optional<Caller> caller = live.flatMap(k -> ofKey(k, before));
    if (live.filter(this::outlivesMemory).isPresent()) {
      caller.ifPresent(c -> remember(callers, hash, c, before));
    }
    return caller;
  }

  /** Nothing tells of a key that expires: it must not be remembered longer than it holds. */
  private boolean outlivesMemory(Directory.Key key) {
    return key.expiresAt().filter(at -> at.isBefore(now.get().plus(REMEMBERED))).isEmpty();
  }

  /** Keeps what was read at a version of the directory, unless it has changed since. */
  private <K, V> void remember(Cache<K, V> memory, K key, V value, long readAt) {
    if (readAt != version) {
      return;
    }
    memory.put(key, value);
    // Had all been forgotten between the look and the put, this would stay for minutes.
    if (readAt != version) {
      memory.invalidate(key);
    }
  }

  private Optional<Caller> ofKey(Directory.Key key, long at) {
    Directory.Account account = directory.account(key.account()).orElseThrow();
    Directory.Workspace workspace = directory.workspace(account.workspace()).orElseThrow();
    Optional<Person> person =
        key.login()
            ? account.person().flatMap(directory::person).map(Callers::person)
            : Optional.empty();
    if (key.login() && person.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            Optional.of(new Credential(key.id(), false, at)),
            person.map(p -> p.id().toString()).orElse(account.id()),
            workspace,
            account.address(),
            Optional.of(account),
            person));
  }

  /** A browser session's caller; may block. */
  public Optional<Caller> bySession(String secret) {
    long before = directory.version();
    return directory.liveSession(Secrets.hash(secret)).flatMap(s -> ofSession(s, before));
  }

  /** The caller of a session that was live at version {@code at} of the directory. */
  Optional<Caller> ofSession(Directory.Session session, long at) {
    Optional<Credential> credential = Optional.of(new Credential(session.hash(), true, at));
    return directory
        .person(session.person())
        .flatMap(p -> directory.workspace(p.workspace()).map(w -> ofPerson(p, w, credential)));
  }

  /**
   * Whoever has the link that was sent to {@code email}, for that question: the person who has the
   * address in this workspace, or somebody of whom nothing else is known. May block; empty when the
   * workspace is not there.
   */
  public Optional<Caller> byLink(WorkspaceId workspace, String email, TaskId task) {
    return directory
        .workspace(workspace)
        .map(
            in ->
                directory.people(workspace).stream()
                    .filter(row -> row.email().equals(email))
                    .findFirst()
                    .map(row -> ofPerson(row, in, Optional.empty()))
                    .orElseGet(() -> ofAddress(email, in)))
        .map(caller -> caller.invited(task));
  }

  private static Caller ofAddress(String email, Directory.Workspace workspace) {
    PersonId id = new PersonId(Secrets.derivedUuid("link", workspace.id().toString(), email));
    return new Caller(
        Optional.empty(),
        id.toString(),
        workspace,
        Addresses.in(workspace, email),
        Optional.empty(),
        Optional.of(new Person(id, email, email, List.of())));
  }

  private Caller ofPerson(
      Directory.PersonRow row, Directory.Workspace workspace, Optional<Credential> credential) {
    return new Caller(
        credential,
        row.id().toString(),
        workspace,
        loginAddress(row, workspace),
        Optional.empty(),
        Optional.of(person(row)));
  }

  private Address loginAddress(Directory.PersonRow row, Directory.Workspace workspace) {
    return directory.accounts(row.workspace()).stream()
        .filter(a -> a.person().equals(Optional.of(row.id())))
        .map(Directory.Account::address)
        .findFirst()
        .orElseGet(() -> Addresses.in(workspace, Addresses.slug(row.email())));
  }

  static Person person(Directory.PersonRow row) {
    return new Person(row.id(), row.email(), row.name(), row.roles());
  }

  /** Who is who in a workspace, if it is in memory. */
  public Optional<Known> known(WorkspaceId workspace) {
    return Optional.ofNullable(known.getIfPresent(workspace));
  }

  /** Who is who in a workspace, and everywhere else; it and what it answers may block. */
  public Known load(Directory.Workspace workspace) {
    Optional<Known> remembered = known(workspace.id());
    if (remembered.isPresent()) {
      return remembered.get().asking(directory);
    }
    long before = directory.version();
    Known loaded =
        Known.of(
            workspace,
            directory.people(workspace.id()),
            directory.accountsIn(workspace.organization().id()));
    remember(known, workspace.id(), loaded, before);
    return loaded.asking(directory);
  }

  /** Forgets what a write on this node has changed. */
  public void refresh() {
    version = directory.version();
    callers.invalidateAll();
    known.invalidateAll();
    try {
      changed.run();
    } catch (StoreException e) {
      version = -1;
      throw e;
    }
  }

  private void loop() {
    try {
      while (!stop.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          if (directory.version() != version) {
            refresh();
          }
        } catch (StoreException e) {
          // Whoever needs the store now is told; this loop tries again.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop.release();
  }
}
