package dev.axme.cli;

import dev.axme.sdk.AxmeException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** Turns what went wrong into what to do about it. */
final class Faults {
  private final Cli cli;

  Faults(Cli cli) {
    this.cli = cli;
  }

  /** Says it, and answers with the exit code. */
  int report(Exception failure) {
    PrintStream err = cli.shell().err();
    return switch (failure) {
      case CliException e -> {
        print(err, e.getMessage() == null ? "" : e.getMessage());
        yield e.exitCode();
      }
      case AxmeException e -> {
        print(err, inWords(e));
        yield Exit.ERROR;
      }
      default -> {
        print(err, "This is a fault of axme itself: " + failure);
        failure.printStackTrace(err);
        yield Exit.ERROR;
      }
    };
  }

  private void print(PrintStream err, String message) {
    List<String> lines = message.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      err.println(
          (i == 0 ? cli.ink().red("axme: ") : "      ") + cli.prose(Words.safe(lines.get(i))));
    }
  }

  private String inWords(AxmeException e) {
    if (e.unreachable()) {
      return unreachable(e);
    }
    String sentence = e.detail();
    if (e.status() == 401) {
      return unknownKey(sentence);
    } else if (notAPersonsKey(e)) {
      return sentence + "\n" + loginHint();
    } else if (e.passing() || e.status() == 429) {
      return sentence + "\nTry again in a moment; repeating changes nothing twice.";
    }
    return sentence + reference(e);
  }

  /** Whether another key may do what this one may not. */
  static boolean notAPersonsKey(AxmeException e) {
    return e.status() == 401
        || e.code().equals("human_decision_required")
        || e.code().equals("invalid_actor_scope");
  }

  /** Work on a server's own files and ports: what the world refuses is told in its own words. */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (CliException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException asItIs) {
      throw asItIs;
    } catch (RuntimeException e) {
      throw CliException.error(withCauses(e));
    }
  }

  /** What failed, and why, as far as the exceptions tell. */
  private static String withCauses(Throwable failure) {
    StringBuilder sentence = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && sentence.indexOf(message) < 0) {
        sentence.append(sentence.isEmpty() ? "" : ": ").append(message);
      }
    }
    return sentence.isEmpty() ? failure.toString() : sentence.toString();
  }

  private String unreachable(AxmeException e) {
    return e.detail()
        + ".\nStart a server with `axme up`, or name another one with --base-url URL.";
  }

  private String unknownKey(String sentence) {
    Connection connection = cli.connection();
    if (connection.keys().isEmpty()) {
      return "No key is known for " + connection.baseUrl() + ".\n" + loginHint();
    }
    String source = connection.keys().getFirst().source();
    return connection.baseUrl()
        + " does not accept the key from "
        + source
        + ": "
        + sentence
        + "\n"
        + loginHint();
  }

  private static String loginHint() {
    return "Store a login key with `axme login --api-key KEY`; whoever runs the server makes one with"
        + " `axme owner-key`.";
  }

  private static String reference(AxmeException e) {
    return e.requestId().map(id -> " (" + e.code() + ", request " + id + ")").orElse("");
  }
}
