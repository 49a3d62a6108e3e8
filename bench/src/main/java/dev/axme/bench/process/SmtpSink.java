package dev.axme.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** A mail server that takes every mail, keeps none (RFC 5321). */
public final class SmtpSink implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong followUps = new AtomicLong();

  private SmtpSink(ServerSocket socket) {
    this.socket = socket;
  }

  /** Listens on a free port of this machine. */
  public static SmtpSink open() throws IOException {
    var sink = new SmtpSink(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("smtp-sink").start(sink::accept);
    return sink;
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** How many mails came so far. */
  public long received() {
    return received.get();
  }

  /** How many of them came after another one of the same thread (RFC 5322, References). */
  public long followUps() {
    return followUps.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("smtp-client").start(() -> serve(client));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream()) {
      say(out, "220 sink");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.strip().toUpperCase(Locale.ROOT);
        if (verb.equals("DATA")) {
          say(out, "354 go on");
          take(in);
          say(out, "250 taken");
        } else if (verb.equals("QUIT")) {
          say(out, "221 bye");
          return;
        } else {
          say(out, "250 sink");
        }
      }
    } catch (IOException e) {
      // The sender went away; what it had not finished is not counted.
    }
  }

  private void take(BufferedReader in) throws IOException {
    boolean followUp = false;
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      followUp |= line.startsWith("References:");
      line = in.readLine();
    }
    if (line == null) {
      throw new IOException("The mail did not end");
    }
    received.incrementAndGet();
    if (followUp) {
      followUps.incrementAndGet();
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
