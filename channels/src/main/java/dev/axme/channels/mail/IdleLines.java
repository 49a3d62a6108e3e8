package dev.axme.channels.mail;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Connections to a mail server that have done their work and may do more. One that nobody takes for
 * a while is closed.
 */
final class IdleLines implements AutoCloseable {
  private static final Duration KEEP = Duration.ofSeconds(5);
  private static final int MOST = 16;

  private final Deque<SMTPTransport> lines = new ArrayDeque<>();
  private boolean closed;
  private int takes;
  private boolean watched;

  /** A connection that is still good. */
  Optional<SMTPTransport> take() {
    while (true) {
      SMTPTransport line;
      synchronized (this) {
        takes++;
        line = lines.pollLast();
      }
      if (line == null) {
        return Optional.empty();
      }
      if (line.isConnected()) {
        return Optional.of(line);
      }
      hangUp(line);
    }
  }

  /** Takes back a connection after its mail. */
  void give(SMTPTransport line) {
    synchronized (this) {
      if (!closed && lines.size() < MOST) {
        lines.addLast(line);
        watch();
        return;
      }
    }
    hangUp(line);
  }

  private void watch() {
    if (!watched) {
      watched = true;
      Thread.ofVirtual().name("axme-mail-idle").start(this::closeIdle);
    }
  }

  /** Hangs up all when none of them was taken for a while, and ends. */
  private void closeIdle() {
    List<SMTPTransport> idle = List.of();
    int before = -1;
    while (idle.isEmpty()) {
      try {
        Thread.sleep(KEEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (this) {
        if (takes == before || closed || Thread.currentThread().isInterrupted()) {
          idle = List.copyOf(lines);
          lines.clear();
          watched = false;
          if (idle.isEmpty()) {
            return;
          }
        }
        before = takes;
      }
    }
    idle.forEach(IdleLines::hangUp);
  }

  static void hangUp(SMTPTransport line) {
    try {
      line.close();
    } catch (MessagingException e) {
      // It is of no use any more, however it ends.
    }
  }

  @Override
  public void close() {
    List<SMTPTransport> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(lines);
      lines.clear();
    }
    all.forEach(IdleLines::hangUp);
  }
}
