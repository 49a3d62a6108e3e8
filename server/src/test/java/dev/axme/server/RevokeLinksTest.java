package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may take back the links to a question, and when. */
class RevokeLinksTest {
  @TempDir private static Path data;
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String path(String id) {
    return "/v1/intents/" + id + "/links/revoke";
  }

  private static Got revoke(String id, String key, String... headers) {
    return running.send("POST", path(id), key, "", headers);
  }

  @Test
  void eachTimeIsAnotherGenerationAndARepeatIsNot() {
    String id = running.ask();

    Got first = revoke(id, running.login(), "Idempotency-Key", "once-" + id);
    Got repeated = revoke(id, running.login(), "Idempotency-Key", "once-" + id);
    Got second = revoke(id, running.login());

    assertThat(first.ok().path("links_generation").intValue()).isEqualTo(1);
    assertThat(repeated.body()).isEqualTo(first.body());
    assertThat(second.ok().path("links_generation").intValue()).isEqualTo(2);
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void onlyWhoMayDecideMayTakeThemBack() {
    String id =
        running
            .post(
                "/v1/intents",
                "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent://approver\","
                    + "\"human_task\":{\"title\":\"Pay?\",\"assignees\":[\"ann@example.com\"]}}")
            .ok()
            .path("intent_id")
            .textValue();
    String bob =
        running
            .send("POST", "/v1/people", running.login(), "{\"email\":\"bob@example.com\"}")
            .ok()
            .path("login_key")
            .textValue();

    revoke(id, running.agent()).refused(403, "invalid_actor_scope");
    revoke(id, bob).refused(403, "forbidden");
    assertThat(revoke(id, running.login()).ok().path("links_generation").intValue()).isEqualTo(1);
  }

  @Test
  void withoutAnOpenQuestionThereIsNothingToTakeBack() {
    String plain =
        running
            .post("/v1/intents", "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"agent://nobody\"}")
            .ok()
            .path("intent_id")
            .textValue();
    String over = running.ask();
    running
        .send("POST", "/v1/intents/" + over + "/resume", running.login(), "{\"approved\":true}")
        .ok();

    revoke(plain, running.login()).refused(409, "conflict");
    revoke(over, running.login()).refused(409, "intent_terminal");
    revoke(Running.nobody(), running.login()).refused(404, "not_found");
    running
        .send("POST", path(running.ask()), running.login(), "{\"why\":\"x\"}")
        .refused(422, "validation_error");
  }
}
