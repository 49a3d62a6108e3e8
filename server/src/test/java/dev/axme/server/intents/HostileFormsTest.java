package dev.axme.server.intents;

import static dev.axme.server.intents.FormsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.intents.Forms.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas and answers that try to stop the server: each is over within seconds. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HostileFormsTest {
  private static final int TWO_MEBIBYTES = 2 * 1024 * 1024;

  private static void refused(String schema, String place) {
    assertThatThrownBy(() -> Forms.check(json(schema)))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.status()).isEqualTo(422);
              assertThat(p.code()).isEqualTo("schema_invalid");
              assertThat(p.sentence()).startsWith("human_task.form_schema" + place + " ");
            });
  }

  private static List<Mistake> answered(ObjectNode schema, ObjectNode answer) {
    Forms.check(schema);
    return Forms.check(schema, answer, true, Optional.empty()).mistakes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/schema.json",
        "file:///etc/passwd",
        "other.json#/a",
        "#",
        "#anchor",
        "#/$defs/a%20b",
        "#/nowhere"
      })
  void aReferenceLeadsNowhereElse(String ref) {
    refused("{\"properties\": {\"a\": {\"$ref\": \"" + ref + "\"}}}", "/properties/a/$ref");
  }

  @Test
  void aSchemaHasNoNameOfItsOwnAndNoMovingReferences() {
    refused("{\"$id\": \"https://json-schema.org/draft/2020-12/schema\"}", "/$id");
    refused(
        "{\"$schema\": \"http://json-schema.org/draft-04/schema#\", \"id\": \"http://a.b/c\"}",
        "/id");
    refused("{\"properties\": {\"a\": {\"$dynamicRef\": \"#x\"}}}", "/properties/a/$dynamicRef");
    refused("{\"allOf\": [{\"$recursiveRef\": \"#\"}]}", "/allOf/0/$recursiveRef");
    refused("{\"$schema\": \"https://example.com/my-dialect\"}", "");
    refused(
        "{\"properties\": {\"a\": {\"$schema\": \"http://json-schema.org/draft-04/schema#\"}}}",
        "/properties/a/$schema");
  }

  @Test
  void propertiesMayHaveTheNamesOfKeywords() {
    ObjectNode schema =
        json(
            "{\"properties\": {\"$ref\": {\"type\": \"string\"}, \"$id\": {\"type\":\"string\"}}}");

    assertThat(answered(schema, json("{\"$ref\": \"https://x.y\"}"))).isEmpty();
  }

  @Test
  void recursionIsRefusedHoweverItIsBuilt() {
    refused(
        "{\"properties\": {\"a\": {\"items\": {\"$ref\": \"#/properties/a\"}}}}",
        "/properties/a/items/$ref");
    refused(
        "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"not\": {\"$ref\": \"#/$defs/b\"}},"
            + " \"b\": {\"not\": {\"$ref\": \"#/$defs/a\"}}}}",
        "/$defs/b/not/$ref");
    refused(
        "{\"$ref\": \"#/x-hidden/0\", \"x-hidden\": [{\"not\": {\"$ref\": \"#/x-hidden/0\"}}]}",
        "/x-hidden/0/not/$ref");
  }

  @Test
  void aBombOfReferencesIsCountedAndNotRun() {
    ObjectNode schema = json("{\"$ref\": \"#/$defs/d0\"}");
    ObjectNode defs = schema.putObject("$defs");
    for (int i = 0; i < 25; i++) {
      ArrayNode both = defs.putObject("d" + i).putArray("allOf");
      both.addObject().put("$ref", "#/$defs/d" + (i + 1));
      both.addObject().put("$ref", "#/$defs/d" + (i + 1));
    }
    defs.putObject("d25").put("type", "object");

    refused(Json.text(schema), "");
  }

  @Test
  void whatIsDeepOrLongIsRefused() {
    refused("{\"not\":".repeat(50) + "{}" + "}".repeat(50), "");
    refused("{\"const\": " + "[".repeat(90) + "]".repeat(90) + "}", "/const");
    refused("{\"description\": \"" + "x".repeat(64 * 1024) + "\"}", "");
    refused("{\"enum\": [" + "1,".repeat(10_000) + "1]}", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{0,1000}){0,1000}){0,1000}",
        "(a{1000}){1000}",
        "([(]a{1000}[)]){1000}",
        "(a{1000}\\\\Q)\\\\E){1000}",
        "([[:alpha:])]{1000}){1000}",
        "(?=a)a",
        "(a)\\\\1",
        "(a"
      })
  void aPatternThatRe2CannotRunInLittleSpaceIsRefused(String pattern) {
    refused(
        "{\"properties\": {\"a\": {\"pattern\": \"" + pattern + "\"}}}", "/properties/a/pattern");
    refused(
        "{\"patternProperties\": {\"" + pattern + "\": {}}}",
        "/patternProperties/" + pattern.replace("\\\\", "\\"));
  }

  @Test
  void anInvalidSchemaIsRefused() {
    refused("{\"type\": \"objekt\"}", "/type");
    refused("{\"properties\": {\"a\": {\"minLength\": \"x\"}}}", "/properties/a/minLength");
    refused("{\"required\": \"a\"}", "/required");
    refused("{\"type\": \"array\"}", "");
    refused("{\"type\": \"string\"}", "");
    refused(
        "{\"properties\": {\"a\": {\"multipleOf\": 1e-999999999}}}", "/properties/a/multipleOf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  void aPatternThatBacktracksForEverElsewhereEndsHere(String pattern) {
    ObjectNode schema = Json.object();
    schema.putObject("properties").putObject("a").put("pattern", pattern);
    ObjectNode answer = Json.object().put("a", "a".repeat(TWO_MEBIBYTES) + "!");

    assertThat(answered(schema, answer)).hasSize(1);
  }

  @Test
  void manyPatternsOnOneLongTextGiveUpTogether() {
    ObjectNode schema = Json.object();
    ArrayNode all = schema.putObject("properties").putObject("a").putArray("allOf");
    for (int i = 0; i < 500; i++) {
      all.addObject().put("pattern", "^(a|aa|aaa)+" + i);
    }
    ObjectNode answer = Json.object().put("a", "a".repeat(TWO_MEBIBYTES));

    assertThat(answered(schema, answer).getFirst().message()).contains("too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email",
        "idn-email",
        "uri",
        "iri",
        "hostname",
        "date-time",
        "ipv6",
        "regex",
        "uri-template",
        "json-pointer",
        "duration",
        "idn-hostname"
      })
  void aFormatLooksAtNoLongText(String format) {
    ObjectNode schema = Json.object();
    schema.putObject("properties").putObject("a").put("format", format);

    for (String part : List.of("@", "a.", "://", "1:", "[", "P1Y", "xn--", "/~0")) {
      assertThat(answered(schema, Json.object().put("a", part.repeat(TWO_MEBIBYTES / 4) + " ")))
          .hasSize(1);
      String most = part.repeat(2_000 / part.length()) + " ";
      assertThat(answered(schema, Json.object().put("a", most)).size()).isLessThan(2);
      String mail = part.repeat(300 / part.length()) + " ";
      assertThat(answered(schema, Json.object().put("a", mail)).size()).isLessThan(2);
    }
  }

  @Test
  void aLongTextThatFitsIsTaken() {
    ObjectNode schema = json("{\"properties\": {\"a\": {\"type\": \"string\"}}}");

    assertThat(answered(schema, Json.object().put("a", "a".repeat(TWO_MEBIBYTES)))).isEmpty();
  }

  @Test
  void aListThatNobodyReadsIsRefused() {
    ObjectNode schema =
        json("{\"properties\": {\"a\": {\"type\": \"array\", \"uniqueItems\": true}}}");
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("a");
    for (int i = 0; i < TWO_MEBIBYTES / 8; i++) {
      list.add(i);
    }

    assertThat(answered(schema, answer))
        .containsExactly(new Mistake("/a", "must have at most 10000 entries"));
    assertThat(answered(schema, Json.object().put("a", Json.text(list))))
        .as("the same in a string")
        .containsExactly(new Mistake("/a", "must have at most 10000 entries"));
  }

  @Test
  void entriesWithOneHashAreComparedInReasonableTime() {
    List<String> alike = List.of("");
    for (int i = 0; i < 13; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : alike) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      alike = longer;
    }
    ObjectNode schema = json("{\"properties\": {\"a\": {\"uniqueItems\": true}}}");
    ObjectNode answer = Json.object();
    alike.forEach(answer.putArray("a")::add);

    assertThat(answered(schema, answer)).isEmpty();
  }

  @Test
  void manyFieldsAgainstALargeSchemaAreRefused() {
    ObjectNode schema = Json.object();
    ArrayNode all = schema.putArray("allOf");
    for (int i = 0; i < 1_500; i++) {
      all.addObject().putObject("additionalProperties").put("type", "string");
    }
    ObjectNode answer = Json.object();
    for (int i = 0; i < 50_000; i++) {
      answer.put("f" + i, i);
    }

    assertThat(answered(schema, answer))
        .containsExactly(
            new Mistake("", "The answer has too many values to be checked against this form"));
  }

  @Test
  void anEnormousExponentIsRefused() {
    ObjectNode schema =
        json("{\"properties\": {\"a\": {\"type\": \"integer\", \"multipleOf\": 3}}}");

    assertThat(answered(schema, json("{\"a\": 1e999999999}")))
        .containsExactly(new Mistake("/a", "is a number with too large an exponent"));
    assertThat(answered(schema, json("{\"a\": \"1e999999999\"}"))).hasSize(1);
  }

  @Test
  void encodedContentIsNoWayAround() {
    ObjectNode schema =
        json(
            "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"properties\": {\"a\":"
                + " {\"contentEncoding\": \"base64\", \"contentMediaType\":"
                + " \"application/json\"}}}");

    assertThat(answered(schema, Json.object().put("a", "YWFh".repeat(TWO_MEBIBYTES / 4))).size())
        .isLessThan(2);
    assertThat(answered(schema, Json.object().put("a", "[".repeat(TWO_MEBIBYTES))).size())
        .isLessThan(2);
  }
}
