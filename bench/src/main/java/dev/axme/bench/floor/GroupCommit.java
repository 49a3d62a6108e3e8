package dev.axme.bench.floor;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One writer that drains what waits into one transaction and hands each event loop its answers in
 * one task: no rules, no look-ups, just the bytes.
 */
final class GroupCommit {
  private static final int LARGEST_BATCH = 512;

  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Sink sink;

  /** Where a batch becomes durable. Called by the writer's thread only. */
  interface Sink {
    void commit(List<Waiting> batch) throws Exception;
  }

  /** A request that waits for its commit. */
  record Waiting(UUID id, Buffer payload, Context loop, HttpServerResponse response) {}

  GroupCommit(Sink sink) {
    this.sink = sink;
  }

  void start() {
    Thread.ofPlatform().name("writer").daemon().start(this::write);
  }

  void submit(Waiting waiting) {
    queue.add(waiting);
  }

  private void write() {
    var batch = new ArrayList<Waiting>(LARGEST_BATCH);
    try {
      while (true) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, LARGEST_BATCH - 1);
        sink.commit(batch);
        answer(batch);
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void answer(List<Waiting> batch) {
    var byLoop = new IdentityHashMap<Context, List<Waiting>>();
    for (var waiting : batch) {
      byLoop.computeIfAbsent(waiting.loop, loop -> new ArrayList<>()).add(waiting);
    }
    byLoop.forEach(
        (loop, answers) ->
            loop.runOnContext(
                nothing -> answers.forEach(w -> FloorServer.answer(w.response, w.id))));
  }

  /** The answer that a create gets: about as long as the real one. */
  static Buffer body(UUID id) {
    return Buffer.buffer(
        "{\"ok\":true,\"intent_id\":\""
            + id
            + "\",\"status\":\"WAITING\",\"created_at\":\"2026-11-24T10:00:00.000000Z\","
            + "\"correlation_id\":\"5b0ed9a4-6f63-4f0d-9a3c-1a2f6a1f1a70\",\"warnings\":[\"No person"
            + " or role is called approver: everyone who may decide in the workspace can.\"]}");
  }
}
