package dev.axme.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class PythonExampleTest extends ApprovalContract {

  @Override
  List<String> example() throws IOException {
    Path python = PythonEnvironment.interpreter("plain-python");
    Path program = Axme.repository().resolve("examples/plain-python/approve.py");
    return List.of(python.toString(), program.toString());
  }
}
