package dev.axme.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class PythonExampleTest extends ApprovalContract {

  @Override
  List<String> example() throws IOException {
    Path directory = Axme.repository().resolve("examples/plain-python");
    Path python = PythonEnvironment.interpreter(directory.resolve("requirements.txt"));
    return List.of(python.toString(), directory.resolve("approve.py").toString());
  }
}
