package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.authenticated;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Credential;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevokedKeyTest {
  private static final String ACCOUNT = "sa_1";
  private static final String KEY = "sak_1";
  private static final String OTHER_KEY = "sak_2";

  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aKeyThatIsRevokedBeforeTheCommitWritesNothing() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      populate(node.store());
      Credential credential = credential(node.store());
      Told neighbour = node.submit(send(Ref.fresh()));
      Told told = node.submit(keyed(authenticated(send(ref), credential), "k", "body"));
      assertThat(node.store().directory().revokeKey(ACCOUNT, KEY)).isTrue();
      node.start();

      told.answer(Answer.Unauthorized.class);

      neighbour.accepted();
      assertThat(node.log(ref)).isEmpty();
      node.accepted(keyed(send(Ref.fresh()), "k", "another body"));
    }
  }

  @Test
  void aRevokedKeyIsNotEvenToldWhatItsRequestCameTo() {
    try (Node node = Node.sqlite(directory, clock).start()) {
      populate(node.store());
      Submission request =
          keyed(authenticated(send(Ref.fresh()), credential(node.store())), "k", "body");
      node.accepted(request);
      node.store().directory().revokeKey(ACCOUNT, KEY);

      Told repeat = node.submit(request);

      repeat.answer(Answer.Unauthorized.class);
    }
  }

  @Test
  void aKeyThatStillHoldsSurvivesTheRevocationOfAnother() {
    try (Node node = Node.sqlite(directory, clock)) {
      populate(node.store());
      Told told = node.submit(authenticated(send(Ref.fresh()), credential(node.store())));
      node.store().directory().revokeKey(ACCOUNT, OTHER_KEY);
      node.start();

      told.accepted();
    }
  }

  private static Credential credential(Store store) {
    return new Credential(KEY, false, store.directory().version());
  }

  private void populate(Store store) {
    Directory directory = store.directory();
    Directory.Organization acme = new Directory.Organization(new UUID(0, 7), "acme", "Acme");
    directory.add(acme, new Directory.Workspace(WORKSPACE, acme, "main", "Main", "production"));
    directory.add(
        new Directory.Account(
            ACCOUNT,
            WORKSPACE,
            Optional.empty(),
            "requester",
            Fixtures.REQUESTER.address(),
            Optional.empty(),
            Optional.empty(),
            "stream",
            Optional.empty(),
            Optional.empty(),
            "active",
            "test",
            clock.instant(),
            clock.instant()));
    directory.add(key(KEY, "a"));
    directory.add(key(OTHER_KEY, "b"));
  }

  private Directory.Key key(String id, String hash) {
    return new Directory.Key(
        id,
        ACCOUNT,
        hash,
        "...",
        false,
        Optional.empty(),
        Optional.empty(),
        clock.instant(),
        Optional.empty(),
        Optional.empty());
  }
}
