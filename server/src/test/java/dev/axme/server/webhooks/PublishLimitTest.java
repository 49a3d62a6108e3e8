package dev.axme.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Problem;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublishLimitTest {
  private static final WorkspaceId ONE = new WorkspaceId(new UUID(1, 1));
  private static final WorkspaceId OTHER = new WorkspaceId(new UUID(2, 2));

  @Test
  void aWorkspaceRunsIntoItAndTheOthersDoNot() {
    PublishLimit limit = new PublishLimit(3);
    limit.take(ONE);
    limit.take(ONE);
    limit.take(ONE);

    assertThatThrownBy(() -> limit.take(ONE))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.status()).isEqualTo(429);
              assertThat(p.code()).isEqualTo("rate_limit_exceeded");
            });
    assertThatCode(() -> limit.take(OTHER)).doesNotThrowAnyException();
  }
}
