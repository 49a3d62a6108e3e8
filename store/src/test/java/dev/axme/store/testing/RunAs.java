package dev.axme.store.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who runs PostgreSQL: the user of this JVM or, when that is root, {@code nobody}. */
sealed interface RunAs {

  /** The command that runs the given one as this user. */
  List<String> wrap(List<String> command);

  /** Makes this user the owner of a file. */
  void give(Path file) throws IOException;

  static RunAs unprivileged() throws IOException {
    if (!isRoot()) {
      return new Oneself();
    }
    UserPrincipal nobody =
        Path.of("/")
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName("nobody");
    return new Nobody(tool(), nobody);
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> tool() {
    if (onPath("setpriv").isPresent()) {
      return List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups");
    }
    if (onPath("runuser").isPresent()) {
      return List.of("runuser", "-u", "nobody", "--");
    }
    throw new IllegalStateException(
        "PostgreSQL refuses to run as root: expected setpriv or runuser (package util-linux)");
  }

  private static Optional<Path> onPath(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** No change of user. */
  record Oneself() implements RunAs {
    @Override
    public List<String> wrap(List<String> command) {
      return command;
    }

    @Override
    public void give(Path file) {}
  }

  /** Root, stepping down. */
  record Nobody(List<String> tool, UserPrincipal user) implements RunAs {
    @Override
    public List<String> wrap(List<String> command) {
      List<String> wrapped = new ArrayList<>(tool);
      wrapped.addAll(command);
      return wrapped;
    }

    @Override
    public void give(Path file) throws IOException {
      Files.setOwner(file, user);
    }
  }
}
