package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionFormTest {

  private static final DecisionForm FORM = DecisionForm.of(Question.of(Samples.json(Samples.FORM)));

  private static DecisionForm schema(String properties) {
    return DecisionForm.of(
        Question.of(
            Samples.json(
                "{\"form_schema\":{\"type\":\"object\",\"properties\":{" + properties + "}}}")));
  }

  private static List<FormField> fresh(DecisionForm form) {
    return form.fields(Map.of(), List.of());
  }

  private static Map<String, List<String>> post(String... pairs) {
    Map<String, List<String>> post = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      post.put(pairs[i], List.of(pairs[i + 1].split("\\|", -1)));
    }
    return post;
  }

  @Test
  void everyTypeHasItsControl() {
    assertThat(fresh(FORM).stream().map(f -> f.name() + " " + f.control().shape()))
        .containsExactly(
            "field.budget LINE",
            "field.rate LINE",
            "field.region RADIOS",
            "field.tier SELECT",
            "field.expedite RADIOS",
            "field.why AREA",
            "field.owner_email LINE",
            "field.start LINE",
            "field.tags AREA",
            "field.days CHECKS",
            "field.limits CODE");
  }

  @Test
  void wordsComeFromTheSchema() {
    FormField budget = fresh(FORM).getFirst();

    assertThat(budget.words())
        .isEqualTo(new FormField.Words("Budget in EUR", "Without VAT. From 0 to 50000.", true));
  }

  @Test
  void defaultsAreFilledInOnlyBeforeThePersonTyped() {
    assertThat(fresh(FORM).get(1).content().text()).isEqualTo("1.50");
    assertThat(fresh(FORM).get(2).content().options().getFirst().chosen()).isTrue();

    FormField cleared = FORM.fields(post("field.rate", ""), List.of()).get(1);
    assertThat(cleared.content().text()).isEmpty();
  }

  @Test
  void whatTheButtonsAnswerIsNotAskedAgain() {
    assertThat(fresh(FORM)).noneMatch(f -> f.name().equals("field.approved"));
  }

  @Test
  void valuesComeBackWithTheTypesOfTheSchema() {
    PostedDecision posted =
        FORM.parse(
            post(
                "outcome", "submitted",
                "comment", " fine ",
                "evidence", "https://example.com/1",
                "csrf", "c",
                "nonce", "n",
                "field.budget", "9007199254740993",
                "field.rate", "12400.00",
                "field.region", "us-east-1",
                "field.tier", "3",
                "field.expedite", "false",
                "field.why", "one\r\ntwo",
                "field.owner_email", "",
                "field.start", "2026-12-01",
                "field.tags", "gpu\r\n\r\n night ",
                "field.days", "Mon|Wed",
                "field.limits", "{\"cpu\": 4}"));

    assertThat(posted.errors()).isEmpty();
    assertThat(posted.taskResult())
        .isEqualTo(
            Samples.json(
                """
                {"outcome": "submitted", "comment": "fine", "data": {
                 "budget": 9007199254740993, "rate": 12400.00, "region": "us-east-1", "tier": 3,
                 "expedite": false, "why": "one\\ntwo", "start": "2026-12-01",
                 "tags": ["gpu", "night"], "days": ["Mon", "Wed"], "limits": {"cpu": 4},
                 "evidence": "https://example.com/1"}}
                """));
  }

  @Test
  void whatCannotBeReadIsAnErrorBesideItsFieldAndKept() {
    Map<String, List<String>> post =
        post(
            "outcome", "submitted",
            "comment", "x",
            "evidence", "x",
            "field.budget", "1e5",
            "field.rate", "NaN",
            "field.region", "mars",
            "field.expedite", "perhaps",
            "field.limits", "{} {}");

    PostedDecision posted = FORM.parse(post);

    assertThat(posted.errors().stream().map(FieldError::field))
        .containsExactly("budget", "rate", "region", "expedite", "limits");
    FormField budget = FORM.fields(post, posted.errors()).getFirst();
    assertThat(budget.content().text()).isEqualTo("1e5");
    assertThat(budget.error()).isEqualTo("Write a whole number, such as 12");
  }

  @Test
  void unknownFieldsAreNamedAndNeverDropped() {
    PostedDecision posted =
        FORM.parse(post("outcome", "rejected", "comment", "x", "field.nope", "1", "zzz", "2"));

    assertThat(posted.errors().stream().map(FieldError::message))
        .containsExactly(
            "This form has no field named field.nope", "This form has no field named zzz");
  }

  @Test
  void aRejectionNeedsNoEvidenceAndKeepsWhatWasTypedAsItIs() {
    PostedDecision posted =
        FORM.parse(post("outcome", "rejected", "comment", "no", "field.budget", "a lot"));

    assertThat(posted.errors()).isEmpty();
    assertThat(posted.fields().path("budget").asText()).isEqualTo("a lot");
  }

  @Test
  void aMissingOutcomeCommentOrEvidenceIsAskedFor() {
    assertThat(FORM.parse(post()).errors().stream().map(FieldError::field))
        .containsExactly("outcome", "comment", "evidence");
  }

  @Test
  void anErrorOfTheSchemaLibraryFindsItsFieldByPointer() {
    List<FieldError> errors = List.of(new FieldError("/limits/cpu", "must be at most 4"));

    assertThat(FORM.fields(Map.of(), errors).getLast().error()).isEqualTo("must be at most 4");
  }

  @Test
  void choicesMayBeNumbersAndHaveTitles() {
    DecisionForm form =
        schema(
            "\"n\":{\"oneOf\":[{\"const\":1,\"title\":\"One\"},{\"const\":2,\"title\":\"Two\"}]}");

    assertThat(fresh(form).getFirst().content().options())
        .containsExactly(
            new FormField.Option("", "No answer", true),
            new FormField.Option("1", "One", false),
            new FormField.Option("2", "Two", false));
    assertThat(
            form.parse(post("outcome", "approved", "field.n", "2")).fields().path("n").intValue())
        .isEqualTo(2);
  }

  @Test
  void aDateAndTimeIsSentInUtc() {
    DecisionForm form = schema("\"at\":{\"type\":\"string\",\"format\":\"date-time\"}");

    PostedDecision posted = form.parse(post("outcome", "approved", "field.at", "2026-11-24T14:00"));

    assertThat(posted.fields().path("at").asText()).isEqualTo("2026-11-24T14:00:00Z");
  }

  @Test
  void aSchemaWithTooManyFieldsCanStillBeAnswered() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 5_000; i++) {
      properties.putObject("p" + i).put("type", "string");
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.set("properties", properties);
    Question question = new Question("form", List.of(), new Question.Demands(false, false), schema);
    DecisionForm form = DecisionForm.of(question);

    assertThat(fresh(form)).hasSize(61);
    PostedDecision posted =
        form.parse(post("outcome", "submitted", "field.p1", "a", "rest", "{\"p4999\":\"z\"}"));
    assertThat(posted.errors()).isEmpty();
    assertThat(posted.fields()).isEqualTo(Samples.json("{\"p1\":\"a\",\"p4999\":\"z\"}"));
  }

  @Test
  void anyJsonIsASchemaThatCanBeDrawn() {
    for (String odd :
        List.of(
            "\"a\": 7",
            "\"a\": {\"type\": [\"string\", \"null\"], \"title\": 5, \"default\": {\"x\": 1}}",
            "\"a\": {\"enum\": [{\"x\": 1}, null]}",
            "\"a\": {\"type\": \"array\", \"items\": 3, \"default\": 4}",
            "\"a\": {\"$ref\": \"#/x\"}",
            "\"a\": {\"maxLength\": -4, \"minimum\": \"x\"}")) {
      assertThat(fresh(schema(odd))).as(odd).hasSize(1);
    }
    assertThat(
            fresh(
                DecisionForm.of(
                    Question.of(Samples.json("{\"form_schema\": {\"properties\": 3}}")))))
        .isEmpty();
  }

  @Test
  void outcomesHaveVerbsByType() {
    assertThat(verbs("{\"task_type\":\"approval\"}")).containsExactly("Approve", "Reject");
    assertThat(verbs("{\"task_type\":\"confirmation\"}")).containsExactly("Confirm", "Deny");
    assertThat(verbs("{\"task_type\":\"review\"}"))
        .containsExactly("Approve", "Request changes", "Reject");
    assertThat(verbs("{\"task_type\":\"manual_action\"}"))
        .containsExactly("Mark as done", "Report failure");
    assertThat(verbs("{\"allowed_outcomes\":[\"ship_it\",\"APPROVED\"]}"))
        .containsExactly("Ship it", "Approve");
  }

  private static List<String> verbs(String task) {
    return Question.of(Samples.json(task)).words().stream().map(OutcomeWord::verb).toList();
  }
}
