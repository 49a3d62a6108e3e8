package dev.axme.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line that runs this program once more, on the same Java with the same flags. What is
 * started so ends when its parent does, however that ends.
 */
final class SameProgram {
  private static final String PARENT = "axme.parent";

  private SameProgram() {}

  /** Makes this process end with its parent, if it is to. */
  static void endWithParent() {
    long parent = Long.getLong(PARENT, 0);
    if (parent == 0) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(parent);
    if (process.isEmpty()) {
      end();
    } else {
      var _ = process.get().onExit().thenRun(SameProgram::end);
    }
  }

  private static void end() {
    Runtime.getRuntime().halt(Exit.ERROR);
  }

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
