package dev.axme.store.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/**
 * A network between a client and a server on this machine that fails on demand: it forwards TCP
 * connections from a port of its own to the target's, until it is cut or frozen. Safe for use by
 * several threads.
 */
public final class TcpCutter implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int BUFFER = 16 * 1_024;

  private final int target;
  private final int port;
  private final Gate gate = new Gate();
  private final Set<Socket> open = new HashSet<>();
  private ServerSocket listener;

  private TcpCutter(int target) throws IOException {
    this.target = target;
    this.port = FreePort.choose();
    this.listener = listen();
  }

  /** Forwards to a port of 127.0.0.1. */
  public static TcpCutter to(int target) {
    try {
      return new TcpCutter(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect; stays the same for the whole life. */
  public int port() {
    return port;
  }

  /** Resets all connections and refuses new ones, until {@link #heal()}. */
  public synchronized void cut() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(TcpCutter::reset);
    open.clear();
  }

  /** Keeps connections and takes new ones, but passes no bytes on, until {@link #thaw()}. */
  public void freeze() {
    gate.close();
  }

  /** Passes on what came while frozen, and then everything again. */
  public void thaw() {
    gate.open();
  }

  /** Undoes cut and freeze; connections that were cut stay so. */
  public synchronized void heal() {
    thaw();
    if (listener.isClosed()) {
      try {
        listener = listen();
      } catch (IOException e) {
        throw new UncheckedIOException("Expected port " + port + " to be still free", e);
      }
    }
  }

  @Override
  public void close() {
    cut();
    thaw();
  }

  private ServerSocket listen() throws IOException {
    ServerSocket fresh = new ServerSocket();
    fresh.setReuseAddress(true);
    fresh.bind(new InetSocketAddress(loopback(), port), BACKLOG);
    Thread.startVirtualThread(() -> accept(fresh));
    return fresh;
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        if (keep(client, from)) {
          Thread.startVirtualThread(() -> join(client, from));
        }
      }
    } catch (IOException _) {
      // Cut: nobody is accepted any more.
    }
  }

  private void join(Socket client, ServerSocket from) {
    gate.pass();
    try {
      Socket server = new Socket(loopback(), target);
      if (keep(server, from)) {
        Thread.startVirtualThread(() -> pump(client, server));
        pump(server, client);
      } else {
        drop(client);
      }
    } catch (IOException _) {
      drop(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        gate.pass();
        out.write(buffer, 0, count);
      }
      gate.pass();
      to.shutdownOutput();
      if (from.isOutputShutdown()) {
        drop(from);
        drop(to);
      }
    } catch (IOException _) {
      drop(from);
      drop(to);
    }
  }

  /** Answers false, and drops the socket, when the cut came in between. */
  private synchronized boolean keep(Socket socket, ServerSocket from) {
    if (from.isClosed()) {
      reset(socket);
      return false;
    }
    open.add(socket);
    return true;
  }

  private synchronized void drop(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // Closed by the other side already.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  /** Lets threads through, or holds them. */
  private static final class Gate {
    private boolean closed;

    synchronized void close() {
      closed = true;
    }

    synchronized void open() {
      closed = false;
      notifyAll();
    }

    synchronized void pass() {
      try {
        while (closed) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
