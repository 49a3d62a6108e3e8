package dev.axme.cli;

import dev.axme.sdk.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One command as somebody types it into a shell of their own, and what they see.
 *
 * @param out what a script would read
 * @param err what a person would read
 */
record Typed(int exitCode, String out, String err) {

  /** A shell without a terminal, whose home is this directory. */
  record At(Path home, Map<String, String> environment) {
    static At home(Path home) {
      return new At(home, Map.of());
    }

    At with(String variable, String value) {
      Map<String, String> more = new LinkedHashMap<>(environment);
      more.put(variable, value);
      return new At(home, more);
    }

    Typed axme(String... args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int exitCode = Main.run(shell(out, err), args);
      return new Typed(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Shell shell() {
      return shell(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private Shell shell(ByteArrayOutputStream out, ByteArrayOutputStream err) {
      Map<String, String> all = new LinkedHashMap<>(environment);
      all.put("HOME", home.toString());
      return new Shell(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          new ByteArrayInputStream(new byte[0]),
          all,
          false,
          "axme");
    }
  }

  Map<String, @Nullable Object> json() {
    return Json.parseObject(out);
  }

  String line() {
    return out.strip();
  }
}
