package dev.axme.bench.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a server is to be started.
 *
 * @param data its data directory
 * @param store the URL of a PostgreSQL database; empty for the embedded store
 * @param jvm further options of the virtual machine
 * @param prefix a program that runs the server, such as strace with its options; mostly empty
 */
public record Launch(Path data, Optional<String> store, List<String> jvm, List<String> prefix) {

  public Launch {
    jvm = List.copyOf(jvm);
    prefix = List.copyOf(prefix);
  }

  /** The embedded store in this directory. */
  public static Launch sqlite(Path data) {
    return new Launch(data, Optional.empty(), List.of(), List.of());
  }

  /** A PostgreSQL database. */
  public static Launch postgres(Path data, String url) {
    return new Launch(data, Optional.of(url), List.of(), List.of());
  }

  /** The same with these options of the virtual machine. */
  public Launch jvm(String... options) {
    return new Launch(data, store, List.of(options), prefix);
  }

  /** The same, run by another program. */
  public Launch under(String... program) {
    return new Launch(data, store, jvm, List.of(program));
  }

  /** Where the server's messages go. */
  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }
}
