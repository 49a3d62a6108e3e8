package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who mistypes, or has no server yet. */
class MainTest {
  @TempDir private Path home;
  private At shell = At.home(Path.of("."));

  @BeforeEach
  void newcomer() {
    shell = At.home(home);
  }

  @Test
  void nothingTypedShowsWhatThereIs() {
    Typed nothing = shell.axme();

    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out()).contains("Usage: axme").contains("tasks").contains("demo");
  }

  @Test
  void aMistypedCommandGetsTheNearestOne() {
    Typed typed = shell.axme("taks", "list");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("There is no command taks. Did you mean `axme tasks`?");
  }

  @Test
  void aMistypedFlagGetsTheNearestOne() {
    Typed typed = shell.axme("tasks", "approve", "0199aaaa", "--coment", "x");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("There is no flag --coment. Did you mean `--comment`?");
  }

  @Test
  void aServerThatIsNotThereIsNamedWithWhatToDo() {
    Typed typed = shell.axme("status", "--base-url", "http://127.0.0.1:1");

    assertThat(typed.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(typed.err())
        .contains("Nothing answers at http://127.0.0.1:1.")
        .contains("Start a server with `axme up`");
  }

  @Test
  void idsAreWholeOrLongEnoughToMeanOne() {
    Typed typed = shell.axme("tasks", "approve", "0199");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("at least its first 8 characters");
  }

  @Test
  void theVersionNeedsNoServer() {
    assertThat(shell.axme("version").out()).startsWith("axme ").contains(" (Java ");
    assertThat(shell.axme("version", "--json").json()).containsKey("version");
    assertThat(shell.axme("--version").out()).startsWith("axme ");
  }

  @Test
  void completionKnowsEveryCommand() {
    Typed completion = shell.axme("completion");

    assertThat(completion.out()).contains("complete -F").contains("tasks", "intents", "sign-in");
  }

  @Test
  void hostileTextCannotSteerTheTerminal() {
    assertThat(Words.safe("\u001b[2Jharmless\u202e")).isEqualTo("\uFFFD[2Jharmless\uFFFD");
  }

  @Test
  void spansReadAsPeopleSayThem() {
    assertThat(Words.span(Duration.ofSeconds(1))).isEqualTo("1 second");
    assertThat(Words.span(Duration.ofMinutes(90))).isEqualTo("2 hours");
    assertThat(Words.span(Duration.ofDays(7))).isEqualTo("7 days");
    assertThat(Spans.parse("--timeout", "2h")).isEqualTo(Duration.ofHours(2));
  }
}
