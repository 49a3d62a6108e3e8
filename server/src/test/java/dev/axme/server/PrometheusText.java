package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text form, version 0.0.4, read as strictly as it is written down: what breaks it
 * throws. A family has one HELP and one TYPE before its samples, stands together, and a histogram
 * has buckets that grow up to {@code +Inf}.
 */
final class PrometheusText {
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  /** A value with its labels. */
  record Sample(String name, Map<String, String> labels, double value) {}

  /** What one TYPE line introduces. */
  record Family(String name, String type, String help, List<Sample> samples) {
    /** The names of its labels, without the bucket's. */
    Set<String> labels() {
      Set<String> labels = new HashSet<>();
      samples.forEach(s -> labels.addAll(s.labels().keySet()));
      labels.remove("le");
      return labels;
    }
  }

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final Set<String> series = new HashSet<>();
  private String help = "";

  private PrometheusText() {}

  static Map<String, Family> parse(String text) {
    assertThat(text).endsWith("\n");
    PrometheusText parser = new PrometheusText();
    text.lines().forEach(parser::line);
    parser.families.values().stream()
        .filter(f -> f.type().equals("histogram"))
        .forEach(PrometheusText::checkBuckets);
    return parser.families;
  }

  private void line(String line) {
    Matcher meta = META.matcher(line);
    if (meta.matches()) {
      if (meta.group(1).equals("HELP")) {
        help = meta.group(3);
        return;
      }
      assertThat(TYPES).as(line).contains(meta.group(3));
      Family family = new Family(meta.group(2), meta.group(3), help, new ArrayList<>());
      assertThat(families.put(family.name(), family)).as(line).isNull();
      help = "";
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: %s", line).isTrue();
    Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2));
    Family family = List.copyOf(families.values()).getLast();
    assertThat(belongs(sample.group(1), family)).as("%s in %s", line, family.name()).isTrue();
    assertThat(series.add(sample.group(1) + labels)).as("once: %s", line).isTrue();
    family.samples().add(new Sample(sample.group(1), labels, number(sample.group(3))));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (end < text.length()) {
      assertThat(label.find(end) && label.start() == end).as("labels: %s", text).isTrue();
      assertThat(labels.put(label.group(1), label.group(2))).as(text).isNull();
      end = label.end();
    }
    return labels;
  }

  private static boolean belongs(String sample, Family family) {
    return switch (family.type()) {
      case "histogram" ->
          List.of("_bucket", "_count", "_sum").stream()
              .anyMatch(end -> sample.equals(family.name() + end));
      case "summary" ->
          sample.equals(family.name())
              || sample.equals(family.name() + "_count")
              || sample.equals(family.name() + "_sum");
      case "counter" -> sample.equals(family.name()) && sample.endsWith("_total");
      default -> sample.equals(family.name());
    };
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Buckets count up, and the last of them has everything. */
  private static void checkBuckets(Family family) {
    Map<Map<String, String>, TreeMap<Double, Double>> all = new LinkedHashMap<>();
    for (Sample sample : family.samples()) {
      Map<String, String> others = new TreeMap<>(sample.labels());
      String bound = others.remove("le");
      TreeMap<Double, Double> buckets = all.computeIfAbsent(others, _ -> new TreeMap<>());
      if (bound != null) {
        assertThat(sample.name()).endsWith("_bucket");
        buckets.put(number(bound), sample.value());
      } else if (sample.name().endsWith("_count")) {
        assertThat(buckets)
            .as(family.name())
            .containsEntry(Double.POSITIVE_INFINITY, sample.value());
      }
    }
    all.values()
        .forEach(
            buckets -> assertThat(new ArrayList<>(buckets.values())).as(family.name()).isSorted());
  }
}
