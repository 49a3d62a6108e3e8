package dev.axme.server;

import dev.axme.server.http.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log on stderr: a line an entry, as text or as JSON. Secrets and payloads never reach it. */
final class Logging {
  private Logging() {}

  static void configure(boolean json) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(json ? new AsJson() : new AsText());
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(Level.WARNING);
    Logger.getLogger("dev.axme").setLevel(Level.INFO);
  }

  private static final class AsText extends Formatter {
    @Override
    public String format(LogRecord entry) {
      return "%s %-7s %s%s%n"
          .formatted(
              entry.getInstant().truncatedTo(ChronoUnit.MILLIS),
              entry.getLevel().getName(),
              formatMessage(entry),
              trace(entry));
    }
  }

  private static final class AsJson extends Formatter {
    @Override
    public String format(LogRecord entry) {
      var line = Json.object();
      line.put("at", entry.getInstant().toString());
      line.put("level", entry.getLevel().getName());
      line.put("logger", entry.getLoggerName());
      line.put("message", formatMessage(entry));
      if (entry.getThrown() != null) {
        line.put("trace", trace(entry).strip());
      }
      return Json.text(line) + System.lineSeparator();
    }
  }

  private static String trace(LogRecord entry) {
    if (entry.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    entry.getThrown().printStackTrace(new PrintWriter(text));
    return System.lineSeparator() + text.toString().stripTrailing();
  }
}
