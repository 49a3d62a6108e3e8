package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadlineTest {

  @Test
  void anOrderBecomesAWish() {
    assertThat(Headline.of("agent://acme/prod/deploy-agent", "Deploy model v2.3 to production"))
        .isEqualTo("deploy-agent wants to deploy model v2.3 to production");
  }

  @Test
  void aQuestionOrANounIsQuoted() {
    assertThat(Headline.of("bot", "Which Lee is meant?"))
        .isEqualTo("bot asks: Which Lee is meant?");
    assertThat(Headline.of("bot", "Human approval required"))
        .isEqualTo("bot asks: Human approval required");
    assertThat(Headline.of("bot", "Delete it?")).isEqualTo("bot asks: Delete it?");
  }

  @Test
  void whatThePersonIsToDoIsNotTheAgentsWish() {
    assertThat(Headline.of("bot", "Approve the budget")).isEqualTo("bot asks: Approve the budget");
  }

  @Test
  void nothingToSayIsSaid() {
    assertThat(Headline.of("agent://", " ")).isEqualTo("An agent asks for a decision");
  }
}
