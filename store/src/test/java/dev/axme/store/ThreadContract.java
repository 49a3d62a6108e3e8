package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Threads.Approval;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Deed;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import dev.axme.store.Threads.Mark;
import dev.axme.store.Threads.Scope;
import dev.axme.store.Threads.State;
import dev.axme.store.Threads.Whole;
import dev.axme.store.Threads.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Threads: what is done to them, and what their readers see. */
interface ThreadContract extends StoreFixture {
  Address ANN = new Address("agent://acme/main/ann");
  Address BOB = new Address("agent://acme/main/bob");

  private Threads threads() {
    return store().threads();
  }

  static Scope scope(WorkspaceId workspace, UUID thread) {
    return new Scope(
        workspace, workspace, thread, new LinkedHashSet<>(), Optional.empty(), Optional.empty());
  }

  private static Scope keyed(Scope scope, String key, String body) {
    RequestKey request = new RequestKey("ann", "POST /reply", key, Blob.sha256(body));
    return new Scope(
        scope.asking(),
        scope.home(),
        scope.thread(),
        scope.inboxes(),
        Optional.empty(),
        Optional.of(request));
  }

  /** ANN says something, and both have it in their inbox. */
  static Function<State, Optional<Deed>> says(WorkspaceId w, UUID thread, String text) {
    return state -> {
      long position = state.positions().getOrDefault(w, 0L);
      int entries = state.whole().map(Whole::entries).orElse(0) + 1;
      Whole whole =
          new Whole(
              thread,
              ANN,
              Optional.of(Mark.ACTIVE),
              state.now(),
              entries,
              Set.of(),
              state.whole().map(Whole::createdAt).orElse(state.now()),
              state.now());
      Entry entry =
          new Entry(
              position,
              UUID.randomUUID(),
              Kind.REPLY,
              ANN,
              BOB,
              state.now(),
              Optional.empty(),
              Optional.of(text));
      List<Copy> copies =
          List.of(
              new Copy(w, ANN, thread, w, position, position, true, Set.of()),
              new Copy(w, BOB, thread, w, position, 0, true, Set.of()));
      return Optional.of(new Deed(whole, Optional.of(entry), copies, Set.of()));
    };
  }

  private Written say(WorkspaceId workspace, UUID thread, String text) {
    return threads().write(scope(workspace, thread), says(workspace, thread, text));
  }

  private List<String> texts(WorkspaceId workspace, UUID thread) {
    return threads().entries(workspace, thread, 100).stream()
        .map(e -> e.text().orElse("-"))
        .toList();
  }

  @Test
  default void whatIsSaidStaysAsItWasSaid() {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();

    assertThat(say(workspace, thread, "one")).isEqualTo(new Written.Done());
    say(workspace, thread, "two \u2603 ' \"");

    assertThat(texts(workspace, thread)).containsExactly("one", "two \u2603 ' \"");
    Entry entry = threads().entries(workspace, thread, 1).getFirst();
    assertThat(threads().entry(workspace, thread, entry.position())).contains(entry);
    assertThat(entry.actor()).isEqualTo(ANN);
    assertThat(entry.author()).isEqualTo(BOB);
    Whole whole = threads().whole(workspace, thread).orElseThrow();
    assertThat(whole.entries()).isEqualTo(2);
    assertThat(whole.mark()).contains(Mark.ACTIVE);
    assertThat(whole.updatedAt()).isAfterOrEqualTo(whole.createdAt());
    assertThat(threads().whole(Samples.workspace(), thread)).isEmpty();
    assertThat(threads().copies(workspace, thread))
        .extracting(Copy::owner, Copy::position, Copy::readTo)
        .containsExactlyInAnyOrder(tuple(ANN, 2L, 2L), tuple(BOB, 2L, 0L));
  }

  @Test
  default void aCopyThatChangesMovesToTheEnd() {
    WorkspaceId workspace = Samples.workspace();
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    say(workspace, one, "1");
    say(workspace, two, "2");
    say(workspace, one, "3");

    assertThat(threads().newest(workspace, BOB, Long.MAX_VALUE, 10))
        .extracting(Copy::thread)
        .containsExactly(one, two);
    assertThat(threads().newest(workspace, BOB, 3, 10))
        .extracting(Copy::thread)
        .containsExactly(two);
    assertThat(threads().changed(workspace, BOB, 0, 9, 10))
        .extracting(Copy::thread)
        .containsExactly(two, one);
    assertThat(threads().changed(workspace, BOB, 2, 9, 10))
        .extracting(Copy::thread)
        .containsExactly(one);
    assertThat(threads().changed(workspace, BOB, 0, 2, 10))
        .extracting(Copy::thread)
        .containsExactly(two);
    assertThat(threads().copies(workspace, BOB, List.of(one, UUID.randomUUID())))
        .containsOnlyKeys(one);
    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 3L);
  }

  @Test
  default void anActThatThrowsLeavesNothing() {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();

    assertThatThrownBy(
            () ->
                threads()
                    .write(
                        scope(workspace, thread),
                        _ -> {
                          throw new UnsupportedOperationException("no");
                        }))
        .isInstanceOf(UnsupportedOperationException.class);

    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 0L);
    say(workspace, thread, "yes");
    assertThat(texts(workspace, thread)).containsExactly("yes");
  }

  @Test
  default void aWipedReplyKeepsItsPlaceWithoutItsText() {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();
    say(workspace, thread, "secret");
    say(workspace, thread, "kept");
    Entry secret = threads().entries(workspace, thread, 10).getFirst();

    threads()
        .write(
            scope(workspace, thread),
            state -> {
              assertThat(state.messages()).hasSize(2).startsWith(secret.id());
              return Optional.of(
                  new Deed(
                      state.whole().orElseThrow(),
                      Optional.empty(),
                      List.of(),
                      Set.of(secret.id())));
            });

    assertThat(texts(workspace, thread)).containsExactly("-", "kept");
    threads()
        .write(
            scope(workspace, thread),
            state -> {
              assertThat(state.messages()).hasSize(1).doesNotContain(secret.id());
              return Optional.empty();
            });
  }

  @Test
  default void aRepeatWithItsKeyIsRememberedAndAnotherBodyIsNot() {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();
    Scope first = keyed(scope(workspace, thread), "k", "hello");
    assertThat(threads().recalled(workspace, first.request().orElseThrow())).isEmpty();

    assertThat(threads().write(first, says(workspace, thread, "hello")))
        .isEqualTo(new Written.Done());
    Written again = threads().write(first, says(workspace, thread, "hello"));
    Written other =
        threads()
            .write(keyed(scope(workspace, thread), "k", "bye"), says(workspace, thread, "bye"));

    assertThat(again).isEqualTo(new Written.Remembered(1, true));
    assertThat(other).isEqualTo(new Written.Remembered(1, false));
    assertThat(threads().recalled(workspace, first.request().orElseThrow()))
        .contains(new Written.Remembered(1, true));
    assertThat(texts(workspace, thread)).containsExactly("hello");
  }

  @Test
  default void aRevokedKeyWritesNothing() {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();
    Scope scope =
        new Scope(
            workspace,
            workspace,
            thread,
            new LinkedHashSet<>(),
            Optional.of(new Credential("sak_gone", false, -1)),
            Optional.empty());

    assertThat(threads().write(scope, says(workspace, thread, "x")))
        .isEqualTo(new Written.Unauthorized());

    assertThat(threads().whole(workspace, thread)).isEmpty();
  }

  @Test
  default void theFirstDecisionUnderAnIdStays() {
    WorkspaceId workspace = Samples.workspace();
    UUID id = UUID.randomUUID();
    Approval yes = new Approval(id, true, Optional.of("fine"), ANN, store().now());
    Approval no = new Approval(id, false, Optional.empty(), BOB, store().now());

    threads().decide(scope(workspace, id), yes);
    threads().decide(scope(workspace, id), no);

    assertThat(threads().approval(workspace, id)).contains(yes);
    assertThat(threads().approval(Samples.workspace(), id)).isEmpty();
  }

  /** Several writers and the committer; the reader goes on from its cursor all the while. */
  @Test
  default void aReaderMissesNothingThatSeveralWritersDo() throws Exception {
    WorkspaceId workspace = Samples.workspace();
    WorkspaceId abroad = Samples.workspace();
    int each = 25;
    List<UUID> expected = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    List<UUID> found = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < 3; w++) {
        List<UUID> mine = Stream.generate(UUID::randomUUID).limit(each).toList();
        expected.addAll(mine);
        boolean two = w == 0;
        running.add(
            writers.submit(
                () ->
                    mine.forEach(thread -> sayThere(two ? abroad : workspace, workspace, thread))));
      }
      running.add(
          writers.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  scribe().accept(Order.create(workspace, Samples.intent()));
                }
              }));
      boolean more = true;
      while (more) {
        more = running.stream().anyMatch(f -> !f.isDone());
        long head = store().heads(List.of(workspace)).getOrDefault(workspace, 0L);
        long from = seen.isEmpty() ? 0 : seen.getLast();
        for (Copy copy : threads().changed(workspace, BOB, from, head, 7)) {
          seen.add(copy.position());
          found.add(copy.thread());
          more = true;
        }
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(seen).isSorted().doesNotHaveDuplicates();
  }

  private void sayThere(WorkspaceId asking, WorkspaceId workspace, UUID thread) {
    Scope scope =
        new Scope(
            asking, workspace, thread, new LinkedHashSet<>(), Optional.empty(), Optional.empty());
    assertThat(threads().write(scope, says(workspace, thread, "x"))).isEqualTo(new Written.Done());
  }
}
