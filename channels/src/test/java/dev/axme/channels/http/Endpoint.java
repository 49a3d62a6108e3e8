package dev.axme.channels.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** Something that listens on 127.0.0.1 and does what its script says, well or badly. */
final class Endpoint implements AutoCloseable {
  /** What it does after it has read a request. */
  interface Script {
    void play(OutputStream out) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final boolean speaksFirst;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Endpoint(ServerSocketFactory factory, Script script, boolean speaksFirst) {
    this.script = script;
    this.speaksFirst = speaksFirst;
    try {
      this.listening = factory.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  static Endpoint playing(Script script) {
    return new Endpoint(ServerSocketFactory.getDefault(), script, false);
  }

  static Endpoint saying(String text) {
    return playing(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Endpoint saying(String text, ServerSocketFactory factory) {
    return new Endpoint(factory, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  /** Speaks before it is spoken to. */
  static Endpoint greeting(String text) {
    return new Endpoint(
        ServerSocketFactory.getDefault(),
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)),
        true);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!speaksFirst) {
        requests.add(request(socket));
      }
      script.play(socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // The other side left, which is what some tests are about.
    }
  }

  private static String request(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    StringBuilder text = new StringBuilder();
    int length = 0;
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      text.append(line).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      line = in.readLine();
    }
    char[] body = new char[length];
    int read = 0;
    while (read < length) {
      int more = in.read(body, read, length - read);
      if (more < 0) {
        break;
      }
      read += more;
    }
    return text.append('\n').append(body, 0, read).toString();
  }

  int port() {
    return listening.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** Heads and bodies of what it was sent, as text. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
