package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.PersonId;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Session;
import dev.axme.store.Directory.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sessions and one-time links: what signs a person in, and for how long. */
interface SignInContract extends DirectoryContract {
  private Directory directory() {
    return store().directory();
  }

  private PersonRow alice() {
    return person(workspace().id(), "alice", "member");
  }

  private String link(PersonRow person, Duration validFor) {
    String hash = Blob.sha256("link " + Samples.id()).hex();
    directory().addSignInLink(hash, person.id(), store().now().plus(validFor));
    return hash;
  }

  @Test
  default void aLinkSignsItsPersonInOnce() {
    PersonRow alice = alice();
    String link = link(alice, Duration.ofHours(1));

    assertThat(directory().signInLink(link).map(Directory.SignInLink::person)).contains(alice.id());
    assertThat(directory().signInLink(link).map(Directory.SignInLink::person))
        .as("looking uses nothing up")
        .contains(alice.id());
    assertThat(directory().useSignInLink(link)).contains(alice.id());
    assertThat(directory().useSignInLink(link)).isEmpty();
    assertThat(directory().signInLink(link)).isEmpty();
  }

  @Test
  default void anExpiredOrUnknownLinkSignsNobodyIn() {
    String expired = link(alice(), Duration.ofSeconds(-1));

    assertThat(directory().signInLink(expired)).isEmpty();
    assertThat(directory().useSignInLink(expired)).isEmpty();
    assertThat(directory().useSignInLink("unknown")).isEmpty();
  }

  @Test
  default void ofTwoWhoUseALinkAtOnceOneIsSignedIn() throws Exception {
    PersonRow alice = alice();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 10; round++) {
        String link = link(alice, Duration.ofHours(1));
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Optional<PersonId>> use =
            () -> {
              together.await();
              return directory().useSignInLink(link);
            };

        List<Future<Optional<PersonId>>> answers = two.invokeAll(List.of(use, use));

        assertThat(answers.stream().map(Future::resultNow).flatMap(Optional::stream))
            .containsExactly(alice.id());
      }
    }
  }

  @Test
  default void aSessionLivesUntilItExpiresOrIsRevoked() {
    PersonRow alice = alice();
    Session session = session(alice, Duration.ofHours(8));
    Session expired = session(alice, Duration.ofSeconds(-1));
    assertThat(directory().liveSession(session.hash())).contains(session);
    assertThat(directory().liveSession(expired.hash())).isEmpty();

    directory().revokeSession(session.hash());

    assertThat(directory().liveSession(session.hash())).isEmpty();
  }

  private Session session(PersonRow person, Duration validFor) {
    String hash = Blob.sha256("session " + Samples.id()).hex();
    Session session = new Session(hash, person.id(), "csrf", store().now().plus(validFor));
    directory().add(session);
    return session;
  }

  @Test
  default void aSessionThatWasRevokedSinceItCameInWritesNothing() {
    Workspace workspace = workspace();
    PersonRow alice = person(workspace.id(), "alice");
    Session session = session(alice, Duration.ofHours(8));
    Credential credential = new Credential(session.hash(), true, directory().version());
    person(workspace.id(), "bob");
    assertThat(write(workspace, credential)).isInstanceOf(Scribe.Answer.Accepted.class);

    directory().revokeSession(session.hash());

    assertThat(write(workspace, credential)).isEqualTo(new Scribe.Answer.Unauthorized());
  }

  private Scribe.Answer write(Workspace workspace, Credential credential) {
    return scribe().write(Order.create(workspace.id(), Samples.intent()).with(credential));
  }
}
