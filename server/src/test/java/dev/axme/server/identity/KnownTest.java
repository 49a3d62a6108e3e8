package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an address means to a sender, as far as memory tells. */
class KnownTest {
  private static final Organization ACME = new Organization(new UUID(0, 1), "acme", "Acme");
  private static final Workspace MAIN = workspace(1, "main");
  private static final Workspace SECOND = workspace(2, "second");

  private final Known known =
      Known.of(MAIN, List.of(), List.of(agent(MAIN, "near"), agent(SECOND, "far")));

  private static Workspace workspace(int n, String slug) {
    return new Workspace(new WorkspaceId(new UUID(1, n)), ACME, slug, slug, "production");
  }

  private static Account agent(Workspace workspace, String name) {
    return Accounts.agent("sa_" + name, workspace, name, "test", Instant.EPOCH);
  }

  private static Address address(String path) {
    return new Address("agent://" + path);
  }

  @Test
  void anAddressOfTheOwnOrganizationIsHereOrElsewhere() {
    assertThat(known.recipient(address("acme/main/near"))).contains(new Recipient.Here());
    assertThat(known.recipient(address("acme/second/far")))
        .contains(new Recipient.Elsewhere(SECOND.id()));
    assertThat(known.agent(address("acme/main/near"))).isTrue();
    assertThat(known.agent(address("acme/second/far"))).as("an agent of this workspace").isFalse();
  }

  @Test
  void whatIsNotRegisteredInTheOwnWorkspaceIsNobodys() {
    for (String path : List.of("acme/main/none", "examples/requester")) {
      assertThat(known.recipient(address(path))).contains(new Recipient.Nobody(Optional.empty()));
    }
  }

  @Test
  void memoryCannotTellWhoseAnAddressOfAnotherWorkspaceIs() {
    for (String path : List.of("globex/main/bot", "acme/third/none", "acme/second/new")) {
      assertThat(known.recipient(address(path))).isEmpty();
    }
  }
}
