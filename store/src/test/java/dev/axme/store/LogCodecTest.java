package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.IntentEvent;
import dev.axme.core.Result;
import dev.axme.core.Scenario;
import dev.axme.core.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is stored is read for years: golden files hold its form, and reading them its meaning. */
class LogCodecTest {
  private final Golden golden = new Golden("log");

  private record Stored(String file, String json, Object value, Function<String, Object> read) {}

  private static List<Stored> all() {
    List<Stored> all = new ArrayList<>();
    for (IntentEvent event : LogSamples.events()) {
      List<IntentEvent> append = List.of(event);
      all.add(new Stored(name(event), LogCodec.events(append), append, LogCodec::events));
    }
    for (Author author : LogSamples.AUTHORS) {
      all.add(new Stored("Author", LogCodec.author(author), author, LogCodec::author));
    }
    for (Memo memo : LogSamples.MEMOS) {
      all.add(new Stored("Memo." + name(memo), LogCodec.memo(memo), memo, LogCodec::memo));
    }
    for (List<Assignee> some : List.of(LogSamples.ASSIGNEES, List.<Assignee>of())) {
      all.add(new Stored("Assignees", LogCodec.assignees(some), some, LogCodec::assignees));
    }
    return numbered(all);
  }

  private static String name(Object value) {
    return value.getClass().getSimpleName();
  }

  /** Files are named after the type and which sample of it: {@code Failed.2.json}. */
  private static List<Stored> numbered(List<Stored> samples) {
    List<Stored> numbered = new ArrayList<>();
    for (Stored sample : samples) {
      long before = numbered.stream().filter(s -> s.file().startsWith(sample.file() + ".")).count();
      String file = sample.file() + "." + (before + 1) + ".json";
      numbered.add(new Stored(file, sample.json(), sample.value(), sample.read()));
    }
    return numbered;
  }

  @BeforeAll
  static void update() {
    if (Golden.updating()) {
      all().forEach(s -> new Golden("log").assertSame(s.file(), s.json()));
    }
  }

  @Test
  void everythingIsWrittenAsTheGoldenFilesHaveIt() {
    all().forEach(s -> golden.assertSame(s.file(), s.json()));
  }

  @Test
  void everyGoldenFileIsReadBackEqual() {
    for (Stored sample : all()) {
      assertThat(sample.read().apply(golden.read(sample.file())))
          .as(sample.file())
          .isEqualTo(sample.value());
    }
  }

  @Test
  void noGoldenFileIsForgotten() {
    assertThat(golden.names())
        .containsExactlyElementsOf(new TreeSet<>(all().stream().map(Stored::file).toList()));
  }

  @Test
  void everyMemberOfTheClosedFamiliesIsCovered() {
    Set<Class<?>> met = new HashSet<>();
    LogSamples.events().forEach(e -> meet(e, met));
    LogSamples.MEMOS.forEach(m -> met.add(m.getClass()));
    LogSamples.ASSIGNEES.forEach(a -> met.add(a.getClass()));

    assertThat(met)
        .containsAll(Families.events())
        .containsAll(Families.leaves(Memo.class))
        .containsAll(Families.leaves(Assignee.class))
        .containsAll(Families.leaves(Result.class))
        .containsAll(Families.leaves(Work.class));
    assertThat(LogSamples.AUTHORS)
        .extracting(Author::kind)
        .containsExactlyInAnyOrder(Author.Kind.values());
  }

  private static void meet(IntentEvent event, Set<Class<?>> met) {
    met.add(event.getClass());
    Optional<Result> result =
        switch (event) {
          case IntentEvent.Completed e -> e.result();
          case IntentEvent.Failed e -> e.result();
          default -> Optional.empty();
        };
    result.ifPresent(r -> met.add(r.getClass()));
    if (event instanceof IntentEvent.Created created) {
      created.scenario().flatMap(Scenario::workflow).stream()
          .flatMap(workflow -> workflow.steps().stream())
          .forEach(step -> met.add(step.work().getClass()));
    }
  }

  /** The fields of a few events are written by hand; a hand that slips would be read as nothing. */
  @Test
  void whatIsWrittenByHandIsWhatTheMapperWrites() {
    for (IntentEvent event : LogSamples.events()) {
      assertThat(LogCodec.events(List.of(event))).isEqualTo("[" + LogCodec.reflected(event) + "]");
    }
  }

  @Test
  void everyCharacterIsEscapedAsTheMapperDoes() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      IntentEvent event =
          new IntentEvent.Progressed(LogSamples.INTENT, 8, Optional.of("a" + c), Optional.empty());

      assertThat(LogCodec.events(List.of(event))).isEqualTo("[" + LogCodec.reflected(event) + "]");
    }
  }

  @Test
  void severalEventsOfAnAppendKeepTheirOrder() {
    List<IntentEvent> append = LogSamples.events();

    assertThat(LogCodec.events(LogCodec.events(append))).isEqualTo(append);
  }

  @Test
  void theOrderOfAPatchIsKept() {
    String json = golden.read("ControlsChanged.1.json");

    IntentEvent.ControlsChanged event =
        (IntentEvent.ControlsChanged) LogCodec.events(json).getFirst();

    assertThat(event.patch().sequencedKeySet()).containsExactly("z_first", "a_removed");
  }

  @Test
  void aFieldThatALaterVersionAddsIsNoObstacle() {
    String json =
        "[{\"type\":\"submitted.v1\",\"intent\":\"01940000-0000-7000-8000-000000000001\","
            + "\"seq\":2,\"later\":{\"a\":1}}]";

    assertThat(LogCodec.events(json)).hasSize(1);
  }

  @Test
  void anEventThatThisProgramDoesNotKnowIsNotReadAsAnother() {
    assertThatThrownBy(() -> LogCodec.events("[{\"type\":\"submitted.v9\",\"seq\":2}]"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("submitted.v9");
  }

  @Test
  void instantsAreMicrosecondsFromTheFirstDayToTheLast() {
    for (String text : List.of("1969-12-31T23:59:59.999999Z", "2200-01-01T00:00:00.000001Z")) {
      Instant instant = Instant.parse(text);

      assertThat(Micros.instant(Micros.of(instant))).isEqualTo(instant);
    }
  }
}
