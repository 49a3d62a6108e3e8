package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a bundle can be wrong or odd, and where validating says so. */
class BadBundleTest {
  /** One change to the good bundle: a JSON pointer, a value, the sentence it leads to. */
  private static final String ERRORS =
      """
      /scenario_id                        -            scenario_id is missing: name the scenario, such as deploy.approval.v1.
      /scenario_id                        1            scenario_id must be a string, but it is a number.
      /scenario_id                        "a"          scenario_id must have 3 to 255 letters
      /scenario_id                        "a b c"      scenario_id must have 3 to 255 letters
      /title                              []           title must be a string
      /intent                             -            intent is missing
      /intent                             "x"          intent must be an object
      /intent/type                        -            intent.type is missing
      /intent/type                        ""           intent.type is missing
      /intent/type                        "a/b"        intent.type may consist of
      /intent/payload                     "x"          intent.payload must be an object
      /intent/deadline_at                 "soon"       intent.deadline_at must be a time
      /intent/deadline_at                 "2020-01-01T00:00:00Z"  intent.deadline_at is over
      /intent/deadline_at                 "2027-01-01T00:00:00Z"  intent.deadline_at and deadline_seconds are both given
      /intent/ttl_seconds                 60           intent.deadline_seconds and ttl_seconds are both given
      /intent/remind_after_seconds        "often"      intent.remind_after_seconds must be a whole number
      /intent/max_delivery_attempts       -1           intent.max_delivery_attempts must be a whole number
      /intent/reply_to                    "a//b"       intent.reply_to is no address
      /agents                             {}           agents must be a list, but it is an object.
      /agents/0                           "bot"        agents[0] must be an object, but it is a string.
      /agents/0/role                      -            agents[0].role is missing
      /agents/0/address                   ""           agents[0].address is missing
      /agents/0/address                   "a//b"       agents[0].address must give an account
      /agents/0/address                   "agent://else/where/bot"  agents[0].address is no address of this workspace
      /agents/0/delivery_mode             "pigeon"     agents[0].delivery_mode must be one of stream
      /agents/0/callback_url              "ftp://x"    agents[0].callback_url must be an http or https address
      /agents/0/create_if_missing         "perhaps"    agents[0].create_if_missing must be true or false
      /agents/1/role                      "worker"     agents[1].role is worker, as that of agents[0] is
      /agents/1/address                   "Worker-Bot" agents[1].address means agent://
      /humans/0/role                      "worker"     humans[0].role is worker, as that of agents[0] is
      /humans/0/contact                   "nobody"     humans[0].contact is nobody, which is neither an e-mail address
      /workflow                           []           workflow must be an object
      /workflow/steps                     -            workflow.steps is missing
      /workflow/steps                     []           workflow.steps is missing
      /workflow/macro_id                  "macro.x"    workflow.macro_id and steps are both given
      /workflow/entry_step                "nowhere"    workflow.entry_step is nowhere, but no step is called that
      /workflow/steps/0/step_id           -            workflow.steps[0].step_id is missing
      /workflow/steps/0/step_id           "a\\u202eb"  workflow.steps[0].step_id must be on one line
      /agents/0/role                      "a\\nb"     agents[0].role must be on one line
      /workflow/steps/1/step_id           "work"       workflow.steps[1].step_id is work, as that of workflow.steps[0] is
      /workflow/steps/0/assigned_to       "nobody"     workflow.steps[0].assigned_to is nobody, a role that nobody fills
      /workflow/steps/2/assigned_to       "ghost"      workflow.steps[2].assigned_to is ghost, a role that nobody fills
      /workflow/steps/0/on_success        "nowhere"    workflow.steps[0].on_success is nowhere, but no step is called that
      /workflow/steps/0/on_failure        "nowhere"    workflow.steps[0].on_failure is nowhere, but no step is called that
      /workflow/steps/2/on_success        "work"       workflow.steps[2].on_success closes a circle: work -> pause -> sign -> work
      /workflow/steps/1/on_success        "pause"      workflow.steps[1].on_success closes a circle: pause -> pause
      /workflow/steps/0/input             []           workflow.steps[0].input must be an object
      /workflow/steps/0/requires_approval 1            workflow.steps[0].requires_approval must be true or false
      /workflow/steps/0/retry             3            workflow.steps[0].retry must be an object
      /workflow/steps/0/retry/max_retries -1           workflow.steps[0].retry.max_retries must be a whole number
      /workflow/steps/0/step_deadline_seconds 1.5      workflow.steps[0].step_deadline_seconds must be a whole number
      /workflow/steps/0/runtime_type      "party"      workflow.steps[0].runtime_type must be one of
      /workflow/steps/1/config/seconds    -            workflow.steps[1].config.seconds is missing
      /workflow/steps/1/config/seconds    0            workflow.steps[1].config.seconds is missing
      /workflow/steps/1/config/seconds    "long"       workflow.steps[1].config.seconds must be a whole number
      /workflow/steps/2/human_task        "x"          workflow.steps[2].human_task must be an object
      /workflow/steps/2/human_task/title  7            workflow.steps[2].human_task.title must be a string
      /workflow/steps/2/human_task/allowed_outcomes  ["a","A"]  workflow.steps[2].human_task.allowed_outcomes names A twice.
      /workflow/steps/2/human_task/form_schema  {"type":"wish"}  workflow.steps[2].human_task.form_schema
      /workflow/steps/2/human_task/form_schema  {"$ref":"http://evil.test/"}  workflow.steps[2].human_task.form_schema
      """;

  private static final String WARNINGS =
      """
      /surprise                           1            surprise is not known and is ignored.
      /agents/0/colour                    "red"        agents[0].colour is not known
      /humans/0/age                       7            humans[0].age is not known
      /workflow/speed                     1            workflow.speed is not known
      /workflow/steps/0/colour            1            workflow.steps[0].colour is not known
      /workflow/steps/0/retry/forever     true         workflow.steps[0].retry.forever is not known
      /workflow/steps/1/config/minutes    1            workflow.steps[1].config.minutes is not known
      /workflow/steps/2/human_task/mood   1            workflow.steps[2].human_task.mood is not known
      /intent/mood                        1            intent.mood is not known
      /workflow/steps/0/tool_id           "tool.x"     workflow.steps[0].tool_id is tool.x, which is not known here
      /agents/0/delivery_mode             "http"       agents[0].callback_url is missing beside delivery_mode http
      /workflow/steps/2/human_task/title  -            workflow.steps[2].human_task.title is missing
      /workflow/steps/0/on_success        "sign"       workflow.steps[1] is never reached
      /workflow/entry_step                "sign"       workflow.steps[0] is never reached
      /agents/0/create_if_missing         false        agents[0].address is that of nobody, and create_if_missing is not set
      /workflow/steps/0/escalate_to       "boss"       workflow.steps[0] reminds nobody
      /workflow/steps/0/assigned_to       "agent://stranger"  workflow.steps[0].assigned_to is agent://
      /workflow/steps/0/assigned_to       "agent://stranger"  agents[0] is never used
      /workflow/steps/2/assigned_to       "worker"     workflow.steps[2].assigned_to is an agent, but people decide
      /intent/human_task                  {"title":"T"}  intent.human_task is ignored beside a workflow
      """;

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

  static ObjectNode good() {
    return Json.readObject(
        """
        {"scenario_id":"report.build-2","title":"","agents":[
           {"role":"worker","address":"worker-bot","create_if_missing":true},
           {"role":"second","address":"second-bot","create_if_missing":"true","display_name":""}],
         "humans":[{"role":"boss","contact":""}],
         "workflow":{"steps":[
           {"step_id":"work","tool_id":"","assigned_to":"worker","step_deadline_seconds":"60",
            "retry":{"max_retries":2},"input":{"a":1}},
           {"step_id":"pause","runtime_type":"delay","config":{"seconds":"1"},"assigned_to":"second",
            "label":"x"},
           {"step_id":"sign","tool_id":"tool.approval.human_signoff","assigned_to":"boss",
            "remind_after_seconds":600,"max_reminders":0,"human_task":{"title":"Good?"}}]},
         "intent":{"type":"report.build.v1","payload":{"n":1},"deadline_seconds":3600}}
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  static Stream<String> errors() {
    return ERRORS.lines();
  }

  static Stream<String> warnings() {
    return WARNINGS.lines();
  }

  @Test
  void aGoodBundleHasNeitherErrorsNorWarnings() {
    JsonNode answer = validate(good());

    assertThat(answer.path("errors")).as(answer.toString()).isEmpty();
    assertThat(answer.path("warnings")).as(answer.toString()).isEmpty();
    assertThat(answer.path("valid").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void eachErrorNamesItsPlace(String row) {
    Row change = Row.of(row);

    JsonNode answer = validate(change.applied());

    assertThat(answer.path("valid").booleanValue()).as(answer.toString()).isFalse();
    assertThat(texts(answer, "errors")).anyMatch(e -> e.startsWith(change.sentence()));
    assertThat(texts(answer, "errors")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void eachOddityIsNamedAndHindersNobody(String row) {
    Row change = Row.of(row);

    JsonNode answer = validate(change.applied());

    assertThat(texts(answer, "errors")).isEmpty();
    assertThat(texts(answer, "warnings")).anyMatch(w -> w.startsWith(change.sentence()));
    assertThat(texts(answer, "warnings")).doesNotHaveDuplicates();
  }

  @Test
  void allErrorsAreToldAtOnce() {
    ObjectNode bundle = good();
    bundle.remove("scenario_id");
    bundle.withObject("/intent").remove("type");
    bundle.withObject("/workflow/steps/0").put("on_failure", "nowhere");
    bundle.withObject("/workflow/steps/2").put("assigned_to", "ghost");

    List<String> errors = texts(validate(bundle), "errors");

    assertThat(errors).hasSize(4);
    assertThat(errors.get(0)).startsWith("scenario_id ");
    assertThat(errors).anyMatch(e -> e.startsWith("intent.type "));
    assertThat(errors).anyMatch(e -> e.startsWith("workflow.steps[0].on_failure "));
    assertThat(errors).anyMatch(e -> e.startsWith("workflow.steps[2].assigned_to "));
  }

  @Test
  void aHundredStepsAreEnough() {
    ObjectNode bundle = good();
    ArrayNode steps = bundle.withObject("/workflow").putArray("steps");
    for (int i = 0; i < 100; i++) {
      steps.addObject().put("step_id", "s" + i).put("assigned_to", "worker");
    }
    assertThat(texts(validate(bundle), "errors")).isEmpty();

    steps.addObject().put("step_id", "s100").put("assigned_to", "worker");

    assertThat(texts(validate(bundle), "errors"))
        .containsExactly("workflow.steps may have 100 entries, but it has 101.");
  }

  @Test
  void aPayloadHasItsLimit() {
    ObjectNode bundle = good();
    bundle.withObject("/intent/payload").put("text", "x".repeat(1024 * 1024));

    assertThat(texts(validate(bundle), "errors"))
        .singleElement()
        .asString()
        .startsWith("intent.payload has 1048");
  }

  @Test
  void whatIsWrongEverywhereIsToldBriefly() {
    ObjectNode bundle = good();
    for (int i = 0; i < 10_000; i++) {
      bundle.put("key" + i, 1);
    }

    assertThat(texts(validate(bundle), "warnings"))
        .hasSize(201)
        .last()
        .isEqualTo("There are 9800 more warnings like these.");
  }

  private static JsonNode validate(ObjectNode bundle) {
    return running.send("POST", "/v1/scenarios/validate", running.login(), Json.text(bundle)).ok();
  }

  private static List<String> texts(JsonNode answer, String name) {
    return answer.path(name).valueStream().map(JsonNode::textValue).toList();
  }

  private record Row(String pointer, String value, String sentence) {
    static Row of(String line) {
      String[] parts = line.split(" {2,}", 3);
      return parts.length == 3 ? new Row(parts[0], parts[1], parts[2]) : spaced(line);
    }

    private static Row spaced(String line) {
      String[] parts = line.split(" +", 3);
      return new Row(parts[0], parts[1], parts[2]);
    }

    ObjectNode applied() {
      ObjectNode bundle = good();
      int slash = pointer.lastIndexOf('/');
      String name = pointer.substring(slash + 1);
      JsonNode parent = bundle.at(pointer.substring(0, slash));
      if (parent instanceof ArrayNode list) {
        list.set(Integer.parseInt(name), read());
      } else if (value.equals("-")) {
        ((ObjectNode) parent).remove(name);
      } else {
        ((ObjectNode) parent).set(name, read());
      }
      return bundle;
    }

    private JsonNode read() {
      return Json.read(value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
