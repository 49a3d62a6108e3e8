package dev.axme.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the committer: bounded in commands and bytes, callers before timers. While callers
 * wait, timers get at most an eighth of a batch, so that a flood of them delays nobody by much.
 */
final class Inbox {
  static final int MAX_COMMANDS = 20_000;
  static final long MAX_BYTES = 256L << 20;
  static final int BATCH_COMMANDS = 512;
  static final long BATCH_BYTES = 8L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<Pending> callers = new ArrayDeque<>();
  private final Deque<Pending> timers = new ArrayDeque<>();
  private long bytes;
  private int asideCommands;
  private long asideBytes;
  private boolean closed;

  /** Answers whether there was room. */
  boolean offer(Pending pending) {
    lock.lock();
    try {
      if (closed
          || callers.size() + asideCommands >= MAX_COMMANDS
          || bytes + asideBytes >= MAX_BYTES) {
        return false;
      }
      (pending.isTimer() ? timers : callers).add(pending);
      bytes += pending.bytes();
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next batch; empty when nothing came within {@code millis}. */
  List<Pending> take(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      boolean open = !closed;
      // Once closed, whoever still waits for a busy root waits its time instead of spinning.
      while (callers.isEmpty() && timers.isEmpty() && closed != open && left > 0) {
        left = filled.awaitNanos(left);
      }
      List<Pending> batch = new ArrayList<>();
      int timersAtMost = callers.isEmpty() ? BATCH_COMMANDS : BATCH_COMMANDS / 8;
      drain(timers, batch, timersAtMost);
      drain(callers, batch, BATCH_COMMANDS);
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void drain(Deque<Pending> from, List<Pending> batch, int upTo) {
    long batchBytes = 0;
    while (!from.isEmpty() && batch.size() < upTo && batchBytes < BATCH_BYTES) {
      Pending next = from.poll();
      batchBytes += next.bytes();
      bytes -= next.bytes();
      batch.add(next);
    }
  }

  /** What was taken out and waits elsewhere, for a root that is busy: it keeps its place. */
  void aside(int commands, long ofBytes) {
    lock.lock();
    try {
      asideCommands = commands;
      asideBytes = ofBytes;
    } finally {
      lock.unlock();
    }
  }

  /** No more is taken in; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean drained() {
    lock.lock();
    try {
      return closed && callers.isEmpty() && timers.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return callers.size() + timers.size();
    } finally {
      lock.unlock();
    }
  }
}
