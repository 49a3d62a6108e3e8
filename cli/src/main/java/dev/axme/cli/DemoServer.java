package dev.axme.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A server in a process of its own. */
final class DemoServer {
  private final DemoProcess process;
  private final Serving serving;

  private DemoServer(DemoProcess process, Serving serving) {
    this.process = process;
    this.serving = serving;
  }

  /** Starts one and returns when it serves. */
  static DemoServer start(Path data, int port) throws IOException {
    DemoProcess process =
        DemoProcess.start(
            data.resolve("demo.log"),
            Map.of(),
            "up",
            "--json",
            "--no-context",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    return new DemoServer(process, Serving.parse(process.line()));
  }

  Serving serving() {
    return serving;
  }

  DemoProcess process() {
    return process;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return URI.create(serving.baseUrl()).getPort();
  }

  /** SIGKILL: whether the process is gone, and by that signal. */
  boolean kill() {
    return process.kill();
  }

  /** SIGTERM, as an operator stops it. */
  void stop() {
    process.stop();
  }
}
