package dev.axme.channels.mail;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on a real socket that does what a test wants, as far as the moment it misbehaves:
 * by the first word of a command it answers something else, or nothing at all.
 */
final class SmtpStage implements AutoCloseable {
  /** In place of an answer: nothing comes, ever. */
  static final String SILENCE = "";

  /** In place of an answer: it hangs up. */
  static final String HANG_UP = "hang up";

  private final ServerSocket socket;
  private final SSLContext tls;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> lines = new CopyOnWriteArrayList<>();

  SmtpStage(SSLContext tls) throws IOException {
    this.tls = tls;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** All commands and lines of mails that came, over all connections. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  int connections() {
    return lines.size();
  }

  /** From now on {@code word} is answered so; {@code hello} is what it says first. */
  SmtpStage answer(String word, String with) {
    answers.put(word, with);
    return this;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket line = socket.accept();
        lines.add(line);
        Thread.ofVirtual().start(() -> talk(line));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket line) {
    try {
      if (say(line, "hello", "220 stage ESMTP")) {
        talk(line, false);
      }
    } catch (IOException e) {
      // The other side is gone.
    }
  }

  private void talk(Socket line, boolean secret) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      heard.add(command);
      String word = command.split("[ :]", 2)[0];
      String usual =
          switch (word) {
            case "EHLO" -> secret ? "250 stage" : "250-stage\r\n250 STARTTLS";
            case "STARTTLS" -> "220 go ahead";
            case "DATA" -> "354 go ahead";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
          };
      if (!say(line, word, usual)) {
        return;
      }
      if (word.equals("STARTTLS") && !answers.containsKey("STARTTLS")) {
        talk(encrypted(line), true);
        return;
      }
      if (word.equals("DATA") && !answers.containsKey("DATA")) {
        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
          heard.add(text);
        }
        if (!say(line, "mail", "250 2.0.0 queued as 4711")) {
          return;
        }
      }
    }
  }

  private Socket encrypted(Socket line) throws IOException {
    SSLSocket secret =
        (SSLSocket) tls.getSocketFactory().createSocket(line, "localhost", line.getPort(), true);
    secret.setUseClientMode(false);
    secret.startHandshake();
    return secret;
  }

  private boolean say(Socket line, String word, String usual) throws IOException {
    String answer = answers.getOrDefault(word, usual);
    if (answer.equals(HANG_UP)) {
      line.close();
      return false;
    }
    if (answer.equals(SILENCE)) {
      return false;
    }
    OutputStream out = line.getOutputStream();
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket line : lines) {
        line.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
