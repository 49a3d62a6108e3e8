package dev.axme.server.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Place;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTokensTest {
  private static final UUID HOME = UUID.randomUUID();
  private static final UUID ROOT = UUID.randomUUID();
  private static final UUID TASK = UUID.randomUUID();
  private static final TaskLink LINK = link(HOME, ROOT, ROOT, TASK, "mia@example.com", 0);

  @TempDir private Path data;
  private Store store;
  private LinkTokens tokens;

  @BeforeEach
  void open() {
    store = SqliteStore.open(data.resolve("axme.db"), InstantSource.system());
    tokens = new LinkTokens(store.directory());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static TaskLink link(
      UUID home, UUID root, UUID intent, UUID task, String address, int generation) {
    return new TaskLink(
        new Place(new WorkspaceId(home), new RootId(root)),
        new IntentId(intent),
        new TaskId(task),
        address,
        generation);
  }

  @Test
  void aTokenSaysWhatWasSigned() {
    List<TaskLink> links =
        List.of(
            LINK,
            link(HOME, ROOT, UUID.randomUUID(), TASK, "mia@example.com", 0),
            link(HOME, ROOT, ROOT, TASK, "M\u00fcller+x@b\u00fccher.example", 1),
            link(HOME, ROOT, ROOT, TASK, "\u00fc".repeat(250) + "@x.y", 127),
            link(HOME, ROOT, ROOT, TASK, "a@b.c", 128),
            link(HOME, ROOT, ROOT, TASK, "a@b.c", Integer.MAX_VALUE));

    for (TaskLink link : links) {
      assertThat(tokens.read(tokens.token(link))).contains(link);
    }
  }

  @Test
  void theSameQuestionToTheSameAddressAlwaysHasTheSameLink() {
    String first = tokens.token(LINK);

    String later =
        new LinkTokens(store.directory())
            .url(
                "https://axme.example",
                LINK.place(),
                LINK.intent(),
                LINK.task(),
                "MIA@example.com",
                0);

    assertThat(later).isEqualTo("https://axme.example/t/" + first);
    assertThat(first).hasSizeLessThan(112).matches("[A-Za-z0-9_-]+[A-Za-z0-9]");
  }

  @Test
  void noTokenEndsInWhatAMailProgramTakesForPunctuation() {
    for (int i = 0; i < 200; i++) {
      String address = "a".repeat(1 + i % 3) + "@example." + (char) ('a' + i % 26);

      String token = tokens.token(link(HOME, ROOT, ROOT, UUID.randomUUID(), address, i));

      assertThat(token).doesNotEndWith("-").doesNotEndWith("_");
    }
  }

  @Test
  void noOtherSpellingOfATokenIsRead() {
    String token = tokens.token(LINK);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";

    for (int at = 0; at < token.length(); at++) {
      for (int i = 0; i < alphabet.length(); i++) {
        String other = token.substring(0, at) + alphabet.charAt(i) + token.substring(at + 1);
        assertThat(tokens.read(other).isPresent()).as(other).isEqualTo(other.equals(token));
      }
      assertThat(tokens.read(token.substring(0, at))).isEmpty();
    }
    assertThat(tokens.read(token + "A")).isEmpty();
    assertThat(tokens.read(token + "=")).isEmpty();
    assertThat(tokens.read("A".repeat(100_000))).isEmpty();
  }

  @Test
  void everyPartIsUnderTheSignature() {
    byte[] mac = Base64.getUrlDecoder().decode(tokens.token(LINK));
    UUID other = UUID.randomUUID();

    for (TaskLink changed :
        List.of(
            link(other, ROOT, ROOT, TASK, LINK.address(), 0),
            link(HOME, other, ROOT, TASK, LINK.address(), 0),
            link(HOME, ROOT, other, TASK, LINK.address(), 0),
            link(HOME, ROOT, ROOT, other, LINK.address(), 0),
            link(HOME, ROOT, ROOT, TASK, "mia@example.org", 0),
            link(HOME, ROOT, ROOT, TASK, LINK.address(), 1))) {
      byte[] body = LinkBytes.write(changed);
      byte[] forged = new byte[16 + body.length];
      System.arraycopy(mac, 0, forged, 0, 16);
      System.arraycopy(body, 0, forged, 16, body.length);

      assertThat(tokens.read(LinkBytes.text(forged))).isEmpty();
    }
  }

  @Test
  void whatAnotherServerSignedIsNotRead(@TempDir Path elsewhere) {
    try (Store other = SqliteStore.open(elsewhere.resolve("axme.db"), InstantSource.system())) {
      String theirs = new LinkTokens(other.directory()).token(LINK);

      assertThat(tokens.read(theirs)).isEmpty();
      assertThat(tokens.read(LinkBytes.text("x".repeat(90).getBytes(StandardCharsets.UTF_8))))
          .isEmpty();
    }
  }
}
