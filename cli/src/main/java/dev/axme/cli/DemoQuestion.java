package dev.axme.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Asks y or n at the terminal, while the answer may as well come from the page or another terminal.
 */
final class DemoQuestion {
  private final Shell shell;

  DemoQuestion(Shell shell) {
    this.shell = shell;
  }

  static String page(Serving serving, UUID id) {
    String task = "/tasks/" + id;
    return serving.signInUrl().map(url -> url + "?next=" + task).orElse(serving.baseUrl() + task);
  }

  /** What was typed; empty when the question was answered elsewhere first. */
  Optional<Boolean> ask(String question, CompletableFuture<?> elsewhere) {
    CompletableFuture<Boolean> typed = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("question").start(() -> read(question, typed));
    CompletableFuture.anyOf(typed, elsewhere).exceptionally(failure -> null).join();
    if (!typed.isDone()) {
      shell.out().println();
      return Optional.empty();
    }
    if (typed.isCompletedExceptionally()) {
      shell.out().println();
      throw CliException.error(
          "The input ended before anybody decided. `axme demo --yes` asks nobody.");
    }
    return Optional.of(typed.join());
  }

  private void read(String question, CompletableFuture<Boolean> typed) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
    try {
      while (!typed.isDone()) {
        shell.out().print(question);
        shell.out().flush();
        String line = lines.readLine();
        if (line == null) {
          throw new EOFException("Nobody is there to answer");
        }
        String word = line.strip().toLowerCase(Locale.ROOT);
        if (word.equals("y") || word.equals("yes")) {
          typed.complete(true);
        } else if (word.equals("n") || word.equals("no")) {
          typed.complete(false);
        }
      }
    } catch (IOException terminalIsGone) {
      typed.completeExceptionally(terminalIsGone);
    }
  }
}
