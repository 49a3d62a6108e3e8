package dev.axme.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class CurlExampleTest extends ApprovalContract {

  @Override
  List<String> example() {
    Needs.that(present("bash") && present("curl"), "Needs bash and curl");
    return List.of("bash", Axme.repository().resolve("examples/curl/approve.sh").toString());
  }

  private static boolean present(String program) {
    List<String> command = List.of("sh", "-c", "command -v " + program);
    try (Program found = Program.start(command, Map.of(), Path.of("/"))) {
      return found.exitCode() == 0;
    }
  }
}
