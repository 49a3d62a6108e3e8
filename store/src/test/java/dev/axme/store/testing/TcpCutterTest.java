package dev.axme.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpCutterTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private ServerSocket echo;
  private TcpCutter cutter;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, LOOPBACK);
    Thread.startVirtualThread(this::acceptAll);
    cutter = TcpCutter.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    cutter.close();
    echo.close();
  }

  @Test
  void bytesPassBothWaysUntilTheEnd() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "hello");
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void aCutResetsOpenConnectionsAndRefusesNewOnesUntilHealed() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "a");
      assertThat(receive(socket)).isEqualTo("a");

      cutter.cut();

      assertThatThrownBy(() -> receive(socket)).isInstanceOf(SocketException.class);
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    cutter.heal();

    try (Socket socket = connect()) {
      send(socket, "b");
      assertThat(receive(socket)).isEqualTo("b");
    }
  }

  @Test
  void aFrozenConnectionDeliversWhenItThaws() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "a");
      assertThat(receive(socket)).isEqualTo("a");

      cutter.freeze();
      send(socket, "b");
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> receive(socket)).isInstanceOf(SocketTimeoutException.class);
      cutter.thaw();

      socket.setSoTimeout(10_000);
      assertThat(receive(socket)).isEqualTo("b");
    }
  }

  @Test
  void aServerThatIsDownEndsTheConnection() throws IOException {
    echo.close();

    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(LOOPBACK, cutter.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String receive(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(1), UTF_8);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = echo.accept();
        Thread.startVirtualThread(() -> echo(client));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // Cut, as the test wanted.
    }
  }
}
