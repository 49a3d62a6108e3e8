package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing reaches another organization's agents (sections 1.6, 10.5). */
class ClosedOrganizationTest {
  @TempDir private static Path data;
  private static Running running;
  private static String foreign;

  @BeforeAll
  static void start() {
    running = Running.start(data, "--allow-bootstrap");
    String login = running.stranger("acme").at("/key/token").textValue();
    foreign =
        running
            .send("POST", "/v1/service-accounts", login, "{\"name\":\"bot\"}")
            .ok()
            .path("address")
            .textValue();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String intent(String members) {
    return "{\"intent_type\":\"report.build.v1\"," + members + "}";
  }

  @Test
  void anIntentToAnotherOrganizationsAgentIsRefusedAndStoresNothing() {
    String before = running.everything();

    Got got = running.post("/v1/intents", intent("\"to_agent\":\"" + foreign + "\""));

    got.refused(403, "receiver_org_closed");
    assertThat(got.body()).contains("to_agent " + foreign);
    assertThat(running.everything()).isEqualTo(before);
  }

  @Test
  void everySpellingOfTheAddressIsRefused() {
    String path = foreign.substring("agent://".length());

    for (String written :
        new String[] {path, "agent:/" + path, "AGENT://" + path.toUpperCase(Locale.ROOT)}) {
      running
          .post("/v1/intents", intent("\"to_agent\":\"" + written + "\""))
          .refused(403, "receiver_org_closed");
    }
  }

  @Test
  void aQuestionToAnotherOrganizationsPersonIsRefused() {
    running
        .post(
            "/v1/intents",
            "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent://acme/main/eve\"}")
        .refused(403, "receiver_org_closed");
  }

  @Test
  void anAnswerCannotGoThereEither() {
    String members = "\"to_agent\":\"agent\",\"reply_to\":\"" + foreign + "\"";

    Got got = running.post("/v1/intents", intent(members));

    got.refused(403, "receiver_org_closed");
    assertThat(got.body()).contains("reply_to " + foreign);
  }

  @Test
  void anIntentIsNotHandedThere() {
    String id = running.mail();
    String before = running.everything();

    running
        .post("/v1/intents/" + id + "/resume", "{\"next_handler\":\"" + foreign + "\"}")
        .refused(403, "receiver_org_closed");

    assertThat(running.everything()).isEqualTo(before);
  }

  @Test
  void anAddressThatNobodyRegisteredThereBelongsToNobody() {
    for (String to : new String[] {"agent://acme/main/nobody", "agent://none/at/all"}) {
      var answer = running.post("/v1/intents", intent("\"to_agent\":\"" + to + "\"")).ok();

      assertThat(answer.path("status").textValue()).isEqualTo("DELIVERED");
      assertThat(answer.path("warnings").toString()).contains(to + " is not registered here");
    }
  }

  @Test
  void nobodyActsForAnotherOrganizationsAgent() {
    String resume = "/v1/intents/" + running.mail() + "/resume";
    String go = "{\"action\":\"complete\"}";

    running.post(resume + "?owner_agent=" + foreign, go).refused(403, "forbidden");
    running.post(resume, go, "x-owner-agent", foreign).refused(403, "forbidden");
    running.post(resume + "?owner_agent=agent://acme/main/nobody", go).ok();
  }
}
