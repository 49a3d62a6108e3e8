package dev.axme.engine;

import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.Digest;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.Directory;
import dev.axme.store.DueTimer;
import dev.axme.store.IntentQuery;
import dev.axme.store.IntentRow;
import dev.axme.store.Mail;
import dev.axme.store.Outbox;
import dev.axme.store.Page;
import dev.axme.store.Place;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.TaskQuery;
import dev.axme.store.TaskRow;
import dev.axme.store.Threads;
import dev.axme.store.Waiting;
import dev.axme.store.Want;
import dev.axme.store.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A real store; a test puts something in front of one of its methods. */
class FrontedStore implements Store {
  private final Store store;

  FrontedStore(Store store) {
    this.store = store;
  }

  @Override
  public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
    store.write(wants, rule);
  }

  @Override
  public List<Append> log(WorkspaceId workspace, RootId root) {
    return store.log(workspace, root);
  }

  @Override
  public Optional<byte[]> payload(WorkspaceId workspace, RootId root, Digest digest) {
    return store.payload(workspace, root, digest);
  }

  @Override
  public Map<Digest, byte[]> payloads(
      WorkspaceId workspace, RootId root, Collection<Digest> digests) {
    return store.payloads(workspace, root, digests);
  }

  @Override
  public Optional<Place> find(WorkspaceId workspace, IntentId intent) {
    return store.find(workspace, intent);
  }

  @Override
  public List<Mail> work(
      WorkspaceId workspace, Address address, long after, boolean ended, int limit) {
    return store.work(workspace, address, after, ended, limit);
  }

  @Override
  public List<Mail> newestMail(WorkspaceId workspace, Address address, long before, int limit) {
    return store.newestMail(workspace, address, before, limit);
  }

  @Override
  public List<Mail> mailAfter(WorkspaceId workspace, Address address, long after, int limit) {
    return store.mailAfter(workspace, address, after, limit);
  }

  @Override
  public List<Mail> mailOf(WorkspaceId workspace, IntentId intent) {
    return store.mailOf(workspace, intent);
  }

  @Override
  public List<Address> changedMailboxes(WorkspaceId workspace, long from, long to) {
    return store.changedMailboxes(workspace, from, to);
  }

  @Override
  public Page<IntentRow> intents(WorkspaceId workspace, IntentQuery query) {
    return store.intents(workspace, query);
  }

  @Override
  public Page<TaskRow> tasks(WorkspaceId workspace, TaskQuery query) {
    return store.tasks(workspace, query);
  }

  @Override
  public Map<WorkspaceId, Long> heads(Collection<WorkspaceId> workspaces) {
    return store.heads(workspaces);
  }

  @Override
  public List<RootId> changedRoots(WorkspaceId workspace, long from, long to) {
    return store.changedRoots(workspace, from, to);
  }

  @Override
  public List<DueTimer> dueTimers(Instant now, int limit) {
    return store.dueTimers(now, limit);
  }

  @Override
  public Waiting waiting(Instant now) {
    return store.waiting(now);
  }

  @Override
  public void deferTimer(DueTimer timer, Instant until) {
    store.deferTimer(timer, until);
  }

  @Override
  public int forgetRequests(Instant now, Duration after, int limit) {
    return store.forgetRequests(now, after, limit);
  }

  @Override
  public Instant now() {
    return store.now();
  }

  @Override
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public Directory directory() {
    return store.directory();
  }

  @Override
  public Webhooks webhooks() {
    return store.webhooks();
  }

  @Override
  public Threads threads() {
    return store.threads();
  }

  @Override
  public String kind() {
    return store.kind();
  }

  @Override
  public void listen(Consumer<WorkspaceId> bell) {
    store.listen(bell);
  }

  @Override
  public void close() {
    store.close();
  }
}
