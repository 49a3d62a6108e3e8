package dev.axme.server.intents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.intents.Forms.Checked;
import dev.axme.server.intents.Forms.Mistake;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormsTest {
  private static final String BUDGET =
      """
      {"type": "object",
       "properties": {
         "approved": {"type": "boolean"},
         "max_amount": {"type": "number", "minimum": 0, "maximum": 100000000000000000000},
         "days": {"$ref": "#/$defs/days"},
         "currency": {"enum": ["EUR", "USD"]},
         "reviewers": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
         "limits": {"type": "object"},
         "owner": {"type": "string", "format": "email"},
         "until": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
         "level": {"enum": [1, 2, 3]}
       },
       "required": ["approved"],
       "additionalProperties": false,
       "$defs": {"days": {"type": "integer", "minimum": 1, "maximum": 30}}}
      """;

  static ObjectNode json(String text) {
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Checked approve(String schema, String answer) {
    Forms.check(json(schema));
    return Forms.check(json(schema), json(answer), true, Optional.empty());
  }

  private static String typed(String answer) {
    Checked checked = approve(BUDGET, answer);
    assertThat(checked.mistakes()).isEmpty();
    return Json.text(checked.fields());
  }

  private static Mistake mistake(String answer) {
    Checked checked = approve(BUDGET, answer);
    assertThat(checked.mistakes()).hasSize(1);
    return checked.mistakes().getFirst();
  }

  @Test
  void stringsBecomeWhatTheSchemaDeclares() {
    assertThat(
            typed(
                """
                {"approved": "TRUE", "max_amount": "12.50", "days": "30", "currency": "EUR",
                 "reviewers": "[\\"ann\\", \\"bob\\"]", "limits": "{\\"a\\": 1}",
                 "until": "7", "level": "2"}
                """))
        .isEqualTo(
            "{\"approved\":true,\"max_amount\":12.50,\"days\":30,\"currency\":\"EUR\","
                + "\"reviewers\":[\"ann\",\"bob\"],\"limits\":{\"a\":1},\"until\":7,\"level\":2}");
  }

  @Test
  void everyDigitOfANumberStays() {
    assertThat(typed("{\"max_amount\": \"12345678901234567890.12\"}"))
        .contains("12345678901234567890.12");
    assertThat(typed("{\"max_amount\": 9007199254740993}")).contains("9007199254740993");
    assertThat(typed("{\"max_amount\": 1.10}")).contains("1.10");
  }

  @Test
  void whatFollowsFromTheOutcomeIsFilledIn() {
    assertThat(typed("{}")).isEqualTo("{\"approved\":true}");
    assertThat(
            Forms.check(json(BUDGET), json("{}"), false, Optional.empty())
                .fields()
                .get("approved")
                .booleanValue())
        .isFalse();
  }

  @Test
  void eachMistakeNamesItsPlaceInWords() {
    assertThat(mistake("{\"max_amount\": \"lots\"}"))
        .isEqualTo(new Mistake("/max_amount", "must be a number, but it is a string"));
    assertThat(mistake("{\"max_amount\": -1}"))
        .isEqualTo(new Mistake("/max_amount", "must be at least 0"));
    assertThat(mistake("{\"days\": 31}")).isEqualTo(new Mistake("/days", "must be at most 30"));
    assertThat(mistake("{\"currency\": \"BTC\"}"))
        .isEqualTo(new Mistake("/currency", "must be one of EUR, USD"));
    assertThat(mistake("{\"reviewers\": [\"a\", 1]}").pointer()).isEqualTo("/reviewers/1");
    assertThat(mistake("{\"reviewers\": [\"a\", \"a\"]}"))
        .isEqualTo(new Mistake("/reviewers", "must not have the same entry twice"));
    assertThat(mistake("{\"owner\": \"ann\"}"))
        .isEqualTo(new Mistake("/owner", "must be an e-mail address such as ann@example.com"));
    assertThat(mistake("{\"a/b\": 1}")).isEqualTo(new Mistake("/a~1b", "is no field of this form"));
    assertThat(mistake("{\"until\": \"soon\"}").pointer()).isEqualTo("/until");
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThat(approve(BUDGET, "{\"days\": 0, \"extra\": 1, \"max_amount\": \"x\"}").mistakes())
        .extracting(Mistake::pointer)
        .containsExactlyInAnyOrder("/days", "/extra", "/max_amount");
  }

  @Test
  void aMissingFieldIsRequiredByName() {
    String schema = "{\"type\": \"object\", \"required\": [\"reason\"]}";

    assertThat(approve(schema, "{}").mistakes())
        .containsExactly(new Mistake("/reason", "is required"));
  }

  @Test
  void aRejectionOwesNoFieldsButItsComment() {
    String schema =
        "{\"properties\": {\"comment\": {\"type\": \"string\", \"minLength\": 5}, \"n\":"
            + " {\"type\": \"integer\"}}, \"required\": [\"n\", \"comment\"]}";

    assertThat(Forms.check(json(schema), json("{\"n\": \"x\"}"), false, Optional.of("because")))
        .extracting(Checked::mistakes)
        .isEqualTo(java.util.List.of());
    assertThat(Forms.check(json(schema), json("{}"), false, Optional.of("no")).mistakes())
        .containsExactly(new Mistake("/comment", "must have at least 5 characters"));
    assertThat(Forms.check(json(schema), json("{}"), false, Optional.empty()).mistakes())
        .containsExactly(new Mistake("/comment", "is required"));
  }

  @Test
  void theCommentIsCheckedButDoesNotBecomeAField() {
    String schema =
        "{\"properties\": {\"comment\": {\"type\": \"string\"}}, \"required\": [\"comment\"],"
            + " \"additionalProperties\": false}";

    Checked checked = Forms.check(json(schema), json("{}"), true, Optional.of("fine"));

    assertThat(checked.mistakes()).isEmpty();
    assertThat(checked.fields()).isEmpty();
  }

  @Test
  void olderDraftsMeanWhatTheyMeant() {
    String schema =
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\","
            + " \"properties\": {\"n\": {\"$ref\": \"#/definitions/n\"}},"
            + " \"definitions\": {\"n\": {\"type\": \"integer\", \"exclusiveMaximum\": 5}}}";

    assertThat(approve(schema, "{\"n\": \"4\"}").mistakes()).isEmpty();
    assertThat(approve(schema, "{\"n\": 5}").mistakes())
        .containsExactly(new Mistake("/n", "must be less than 5"));
  }

  @Test
  void aPatternMatchesAsInABrowser() {
    String schema = "{\"properties\": {\"t\": {\"pattern\": \"^[A-Z]{2,5}-\\\\d+\\\\u00e9?$\"}}}";

    assertThat(approve(schema, "{\"t\": \"AXP-12é\"}").mistakes()).isEmpty();
    assertThat(approve(schema, "{\"t\": \"axp\"}").mistakes())
        .extracting(Mistake::message)
        .first()
        .asString()
        .startsWith("must match the pattern ^[A-Z]");
  }
}
