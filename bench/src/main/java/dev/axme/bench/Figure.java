package dev.axme.bench;

import dev.axme.bench.load.Load;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One measured figure: a line of the table and of the JSON file.
 *
 * @param name what was measured
 * @param facts its numbers in the order of the columns; names carry their unit
 */
record Figure(String name, Map<String, Object> facts) {

  Figure {
    facts = new LinkedHashMap<>(facts);
  }

  /** A load run. */
  static Figure of(String name, int clients, Load load) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("clients", clients);
    facts.put("per_second", Math.round(load.rate()));
    facts.put("p50_ms", rounded(load.millisAt(50), 3));
    facts.put("p99_ms", rounded(load.millisAt(99), 3));
    facts.put("max_ms", rounded(load.millisAt(100), 3));
    facts.put("generator_us", rounded(load.generatorMicros(), 1));
    if (!load.refused().isEmpty()) {
      facts.put("refused", load.refused().toString());
    }
    return new Figure(name, facts);
  }

  /** Times in microseconds. */
  static Figure ofTimes(String name, Histogram micros) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("samples", micros.getTotalCount());
    facts.put("p50_ms", rounded(micros.getValueAtPercentile(50) / 1000.0, 3));
    facts.put("p99_ms", rounded(micros.getValueAtPercentile(99) / 1000.0, 3));
    facts.put("max_ms", rounded(micros.getMaxValue() / 1000.0, 3));
    return new Figure(name, facts);
  }

  /** The same with one more fact. */
  Figure with(String fact, Object value) {
    var more = new LinkedHashMap<>(facts);
    more.put(fact, value);
    return new Figure(name, more);
  }

  /** The line for people. */
  String text() {
    var line = new StringBuilder(String.format(Locale.ROOT, "  %-22s", name));
    facts.forEach((fact, value) -> line.append(String.format(Locale.ROOT, "  %s %s", fact, value)));
    return line.toString();
  }

  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
