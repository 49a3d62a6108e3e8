package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about files, classes, settings and errors is so. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK =
      Pattern.compile("(?m)(?:]\\(|^\\[[^]]+]: )([^)#\\s]+)(?:#\\S*)?");
  private static final Pattern FILE = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+\\.\\w+)`");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)[`.(]");
  private static final Pattern DECLARED =
      Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w*)");

  /** Where one is made; a copy of another one has that one's code. */
  private static final Pattern PROBLEM =
      Pattern.compile("new Problem\\(\\s*(?!this)(\\S+)\\s*(\\S+)");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d, ]+) \\|");

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(text(document)).results().toList()) {
        String to = link.group(1);
        if (!to.contains("://")
            && !to.startsWith("mailto:")
            && !Files.exists(document.resolveSibling(to))) {
          broken.add(ROOT.relativize(document) + " -> " + to);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyFileThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult file : FILE.matcher(text(document)).results().toList()) {
        String name = file.group(1);
        boolean ours = Files.exists(ROOT.resolve(name.substring(0, name.indexOf('/'))));
        if (ours && !Files.exists(ROOT.resolve(name))) {
          missing.add(ROOT.relativize(document) + ": " + name);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyTypeInTheTourExists() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Path source : files(".java")) {
      DECLARED.matcher(text(source)).results().forEach(r -> known.add(r.group(1)));
      known.add(source.getFileName().toString().replace(".java", ""));
    }

    Set<String> named = new TreeSet<>();
    TYPE.matcher(text(ROOT.resolve("ARCHITECTURE.md")))
        .results()
        .forEach(r -> named.add(r.group(1)));
    // Words of HTTP, not ours.
    named.removeAll(Set.of("Host", "Origin"));

    assertThat(named).allMatch(known::contains);
  }

  @Test
  void theReadmesPythonIsTheExamples() throws IOException {
    String shown = between(text(ROOT.resolve("README.md")), "```python\n", "```");
    String example = squeezed(text(ROOT.resolve("examples/plain-python/approve.py")));

    for (String call :
        List.of(
            "AxmeClient\\(AxmeClientConfig\\([^)]*\\)\\)",
            "\\{\"intent_type\".*?}}",
            "client\\.wait_for\\([^)]*\\)")) {
      List<String> calls =
          Pattern.compile(call).matcher(squeezed(shown)).results().map(MatchResult::group).toList();
      assertThat(calls).as(call).hasSize(1);
      assertThat(example).contains(calls.getFirst());
    }
  }

  @Test
  void theSettingsAreThoseOfTheServer() throws IOException {
    Path document = ROOT.resolve("docs/settings.md");
    String before = text(document);
    int table = before.indexOf("| flag |");
    String after = before.substring(0, table) + Setting.markdown();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(document, after);
    }

    assertThat(text(document)).isEqualTo(after);
  }

  @Test
  void theErrorsAreThoseOfTheServer() throws IOException {
    Set<String> thrown = new TreeSet<>();
    for (Path source : files(".java")) {
      if (source.startsWith(ROOT.resolve("server/src/main"))) {
        PROBLEM
            .matcher(text(source))
            .results()
            .forEach(r -> thrown.add(code(r) + " " + r.group(1).replace(",", "")));
      }
    }

    Set<String> listed = new TreeSet<>();
    ROW.matcher(text(ROOT.resolve("docs/errors.md")))
        .results()
        .forEach(
            r -> {
              for (String status : r.group(2).split(",", -1)) {
                listed.add(r.group(1) + " " + status.strip());
              }
            });

    assertThat(listed)
        .as("Codes and statuses in docs/errors.md, one row for each code")
        .isEqualTo(thrown);
  }

  /** A code that is not written out where it is thrown cannot be listed, and shows here as such. */
  private static String code(MatchResult problem) {
    return problem.group(2).replaceAll("[\",)]", "");
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }

  private static List<Path> documents() throws IOException {
    return files(".md");
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all =
        Files.find(
            ROOT,
            20,
            (path, a) -> a.isRegularFile() && path.getFileName().toString().endsWith(ending))) {
      return all.filter(DocsTest::ours).sorted().toList();
    }
  }

  private static boolean ours(Path path) {
    for (Path part : ROOT.relativize(path)) {
      if (Set.of("target", ".git", ".venv", "node_modules").contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
