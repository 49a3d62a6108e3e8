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
 * @param arguments further arguments of {@code axme up}
 * @param prefix a program that runs the server, such as strace with its options; mostly empty
 */
public record Launch(
    Path data,
    Optional<String> store,
    List<String> jvm,
    List<String> arguments,
    List<String> prefix) {
  /** Mails would be part of every figure. */
  private static final List<String> NO_MAIL = List.of("--mail-file", "off");

  public Launch {
    jvm = List.copyOf(jvm);
    arguments = List.copyOf(arguments);
    prefix = List.copyOf(prefix);
  }

  /** The embedded store in this directory. */
  public static Launch sqlite(Path data) {
    return new Launch(data, Optional.empty(), List.of(), NO_MAIL, List.of());
  }

  /** The embedded store, or the database of {@code url}. */
  public static Launch of(Path data, Optional<String> url) {
    return new Launch(data, url, List.of(), NO_MAIL, List.of());
  }

  /** A PostgreSQL database. */
  public static Launch postgres(Path data, String url) {
    return new Launch(data, Optional.of(url), List.of(), NO_MAIL, List.of());
  }

  /** The same with these options of the virtual machine. */
  public Launch jvm(String... options) {
    return new Launch(data, store, List.of(options), arguments, prefix);
  }

  /** The same with mails to this port of this machine. */
  public Launch mailTo(int port) {
    List<String> smtp =
        List.of(
            "--smtp-host", "127.0.0.1",
            "--smtp-port", String.valueOf(port),
            "--smtp-security", "none",
            "--mail-from", "axme@example.com");
    return new Launch(data, store, jvm, smtp, prefix);
  }

  /** The same, run by another program. */
  public Launch under(String... program) {
    return new Launch(data, store, jvm, arguments, List.of(program));
  }

  /** Where the server's messages go. */
  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }
}
