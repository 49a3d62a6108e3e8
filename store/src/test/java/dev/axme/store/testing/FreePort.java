package dev.axme.store.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a port that nobody listens on. Ports come from below the range that systems hand out to
 * clients: a client that retries a port of that range while the server is down can be given the
 * very same port and then talks to itself.
 */
final class FreePort {

  private static final int LOWEST = 15_000;
  private static final int BEYOND = 32_000;
  private static final int ATTEMPTS = 50;

  private FreePort() {}

  static int choose() throws IOException {
    IOException last = new IOException("No attempt made");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return probe.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException("Expected a free port in " + ATTEMPTS + " attempts", last);
  }
}
