package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An inbox in a terminal, against a real server. */
@ExtendWith(RealServer.class)
class InboxTest {
  private static final String ANN = "agent://examples/cli-ann";

  @TempDir private Path ownersHome;
  @TempDir private Path agentsHome;
  private At owner = At.home(Path.of("."));
  private At agent = At.home(Path.of("."));

  @BeforeEach
  void both(Running server) {
    owner = server.owner(ownersHome);
    agent = server.agent(agentsHome);
  }

  private static Typed inbox(At at, String owner, String verb, String... more) {
    String[] words = new String[more.length + 4];
    words[0] = "inbox";
    words[1] = verb;
    System.arraycopy(more, 0, words, 2, more.length);
    words[more.length + 2] = "--owner-agent";
    words[more.length + 3] = owner;
    return at.axme(words);
  }

  @Test
  void aThreadIsBegunSeenDelegatedAndRead() {
    String id = UUID.randomUUID().toString();

    Typed replied = inbox(agent, ANN, "reply", id, "Which \u001b[31mmonth?");
    Typed delegated =
        inbox(agent, ANN, "delegate", id.substring(0, 8), "cli-bob", "--note", "yours");
    Typed listed = inbox(agent, "cli-bob", "list", "--unread");
    Typed shown = inbox(agent, "cli-bob", "show", id);
    Typed read = inbox(agent, "cli-bob", "read", id);

    assertThat(replied.line()).startsWith("Replied: Which");
    assertThat(delegated.line()).startsWith("Delegated: Which");
    assertThat(listed.out()).contains(id, "new", "active").doesNotContain("\u001b[31m");
    assertThat(shown.out()).contains("month?", "delegated, cli-ann").doesNotContain("\u001b[31m");
    assertThat(read.line()).startsWith("Read: ");
    assertThat(inbox(agent, "cli-bob", "list", "--unread").out()).doesNotContain(id);
    assertThat(inbox(agent, "cli-bob", "list", "--json").json().get("threads") + "").contains(id);
  }

  @Test
  void onlyAPersonDecidesWhatPeopleAreAsked() {
    String id = agent.axme("intents", "send", "Deploy?").line();

    Typed refused = inbox(agent, "approver", "approve", id);
    Typed approved = inbox(owner, "approver", "approve", id, "--comment", "fine");
    Typed again = inbox(owner, "approver", "reject", id);

    assertThat(refused.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(approved.exitCode()).as(approved.err()).isEqualTo(Exit.DONE);
    assertThat(approved.line()).isEqualTo("Approved: Deploy?");
    assertThat(again.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(again.err()).contains("approved");
    assertThat(agent.axme("intents", "get", id).out()).contains("fine");
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertThat(inbox(agent, "cli-nobody", "list").err()).contains("Nothing here");
    assertThat(inbox(agent, "cli-nobody", "show", UUID.randomUUID().toString()).exitCode())
        .isEqualTo(Exit.ERROR);
    assertThat(inbox(agent, "cli-nobody", "read", "nonsense").exitCode()).isNotEqualTo(Exit.DONE);
    assertThat(inbox(agent, "cli-nobody", "list", "--status", "x").exitCode())
        .isEqualTo(Exit.ERROR);
  }
}
