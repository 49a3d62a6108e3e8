package dev.axme.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Where a run's figures go: a table on standard output, and lines of JSON in a file. */
final class Report {
  private final PrintStream table;
  private final PrintStream messages;
  private final Optional<Path> file;
  private final String store;
  private final ObjectMapper json = new ObjectMapper();
  private final boolean terminal =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private boolean progressShown;

  Report(PrintStream table, PrintStream messages, Optional<Path> file, String store) {
    this.table = table;
    this.messages = messages;
    this.file = file;
    this.store = store;
  }

  void machine(Machine machine) throws IOException {
    table.println("machine: " + machine.text());
    table.println("store: " + store);
    var line = new LinkedHashMap<String, Object>();
    line.put("name", "machine");
    line.put("at", Instant.now().toString());
    line.put("facts", machine.text());
    line.put("processors", machine.cores());
    append(line);
  }

  void figure(Figure figure) throws IOException {
    endProgress();
    table.println(figure.text());
    var line = new LinkedHashMap<String, Object>();
    line.put("name", figure.name());
    line.put("at", Instant.now().toString());
    line.put("store", store);
    line.putAll(figure.facts());
    append(line);
  }

  /** Says on a terminal how far something is. */
  void progress(String what, Duration passed, long count) {
    if (!terminal) {
      return;
    }
    progressShown = true;
    messages.printf("\r  %s: %d s, %d answers   ", what, passed.toSeconds(), count);
    messages.flush();
  }

  private void endProgress() {
    if (progressShown) {
      messages.print("\r                                                            \r");
      messages.flush();
      progressShown = false;
    }
  }

  private void append(Object line) throws IOException {
    if (file.isPresent()) {
      Files.writeString(
          file.get(),
          json.writeValueAsString(line) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
