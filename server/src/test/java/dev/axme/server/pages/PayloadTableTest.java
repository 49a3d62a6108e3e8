package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.pages.PayloadTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadTableTest {

  private static PayloadTable table(String json) {
    return PayloadTable.of(Samples.json(json));
  }

  private static Value only(String json) {
    List<Row> rows = table(json).rows();
    assertThat(rows).hasSize(1);
    return rows.getFirst().value();
  }

  @Test
  void keysBecomeWords() {
    List<Row> rows =
        table("{\"risk_level\":1,\"imageURL\":2,\"userId\":3,\"API_KEY\":4,\"a b/c\":5,\"\":6}")
            .rows();

    assertThat(rows.stream().map(Row::label))
        .containsExactly("Risk level", "Image URL", "User ID", "API KEY", "a b/c", "(no name)");
  }

  @Test
  void keysThatWouldReadAlikeKeepTheirSpelling() {
    List<Row> rows = table("{\"max_size\":1,\"maxSize\":2}").rows();

    assertThat(rows.stream().map(Row::label)).containsExactly("Max size", "maxSize");
  }

  @Test
  void numbersKeepEveryDigit() {
    assertThat(only("{\"n\":9007199254740993}")).isEqualTo(new Value.Digits("9007199254740993"));
    assertThat(only("{\"n\":12400.00}")).isEqualTo(new Value.Digits("12400.00"));
    assertThat(only("{\"n\":0.1000000000000000055511}"))
        .isEqualTo(new Value.Digits("0.1000000000000000055511"));
  }

  @Test
  void aHugeExponentStaysShort() {
    assertThat(only("{\"n\":1e999999999}")).isEqualTo(new Value.Digits("1E+999999999"));
  }

  @Test
  void truthAndNothingAreWords() {
    assertThat(only("{\"a\":true}")).isEqualTo(new Value.Text("yes"));
    assertThat(only("{\"a\":false}")).isEqualTo(new Value.Text("no"));
    assertThat(only("{\"a\":null}")).isEqualTo(new Value.Remark("none"));
    assertThat(only("{\"a\":\"\"}")).isEqualTo(new Value.Remark("empty text"));
    assertThat(only("{\"a\":[]}")).isEqualTo(new Value.Remark("empty list"));
    assertThat(only("{\"a\":{}}")).isEqualTo(new Value.Remark("nothing inside"));
  }

  @Test
  void shortListsAreJoinedAndUnclearOnesStandLineByLine() {
    assertThat(only("{\"a\":[\"x\",2,true]}")).isEqualTo(new Value.Text("x, 2, yes"));
    assertThat(only("{\"a\":[\"x, y\",\"z\"]}")).isEqualTo(new Value.Items(List.of("x, y", "z")));
  }

  @Test
  void listsOfPlainObjectsAreGrids() {
    assertThat(only("{\"a\":[{\"name\":\"x\",\"ok\":true},{\"name\":\"y\"}]}"))
        .isEqualTo(
            new Value.Grid(List.of("Name", "Ok"), List.of(List.of("x", "yes"), List.of("y", ""))));
  }

  @Test
  void nestedObjectsAreGroupsOneLevelDeeper() {
    List<Row> rows = table("{\"cost\":{\"amount\":5,\"parts\":[{\"deep\":{\"x\":1}}]}}").rows();

    assertThat(rows.stream().map(r -> r.level() + " " + r.label()))
        .containsExactly("0 Cost", "1 Amount", "1 Parts", "2 Item 1", "3 Deep", "4 X");
  }

  @Test
  void whatIsTooDeepIsShownAsJson() {
    List<Row> rows = table("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}}}").rows();

    assertThat(rows.getLast().value())
        .isEqualTo(new Value.Folded("{\"f\":1}", "{\"f\":1}", "deeply nested"));
  }

  @Test
  void onlyHarmlessWebAddressesAreLinks() {
    assertThat(only("{\"a\":\"https://example.com/x?y=1#z\"}")).isInstanceOf(Value.Link.class);
    for (String text :
        List.of(
            "javascript:alert(1)",
            "data:text/html,x",
            "https://user:pw@evil.example",
            "https://",
            "//evil.example",
            "see https://example.com",
            "https://ex\u0430mple.com",
            "https://example.com/\u202egpj")) {
      ObjectNode payload = JsonNodeFactory.instance.objectNode().put("a", text);
      assertThat(PayloadTable.of(payload).rows().getFirst().value()).isInstanceOf(Value.Text.class);
    }
  }

  @Test
  void longTextIsFoldedBehindItsBeginning() {
    ObjectNode payload =
        JsonNodeFactory.instance.objectNode().put("log", "first\n" + "x".repeat(40_000));

    Value.Folded folded = (Value.Folded) PayloadTable.of(payload).rows().getFirst().value();

    assertThat(folded.head()).isEqualTo("first");
    assertThat(folded.note()).isEqualTo("40,006 characters, only the first 16,384 are shown here");
    assertThat(folded.body()).hasSize(16_385);
  }

  @Test
  void tenThousandKeysGiveABoundedTableThatSaysWhatIsMissing() {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 10_000; i++) {
      payload.put("key_" + i, i);
    }

    PayloadTable table = PayloadTable.of(payload);

    assertThat(table.rows()).hasSize(400);
    assertThat(table.hidden()).isEqualTo(9_600);
    assertThat(new Pages().task(Samples.about(payload)))
        .contains(
            "also for what is not shown here",
            "9,600 values are not shown in this table",
            "/payload\">Open all of it as JSON")
        .hasSizeLessThan(300_000);
  }

  @Test
  void aThousandLevelsGiveABoundedPage() {
    JsonNode payload = JsonNodeFactory.instance.objectNode().put("bottom", true);
    for (int i = 0; i < 1_000; i++) {
      payload = JsonNodeFactory.instance.objectNode().set("level", payload);
    }

    PayloadTable table = PayloadTable.of(payload);

    assertThat(table.rows()).hasSize(5);
    assertThat(table.raw().cut()).isTrue();
    assertThat(new Pages().task(Samples.about(payload)).length()).isLessThan(120_000);
  }

  @Test
  void aMebibyteOfAnythingGivesABoundedPage() {
    ObjectNode texts = JsonNodeFactory.instance.objectNode();
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 64; i++) {
      texts.put("text_" + i, "<&\"".repeat(5_461));
    }
    change.put("before", "line <\n".repeat(75_000)).put("after", "other >\n".repeat(65_000));

    for (ObjectNode payload : List.of(texts, change)) {
      assertThat(new Pages().task(Samples.about(payload)).length()).isLessThan(1_400_000);
    }
    assertThat(PayloadTable.of(texts).hidden()).isPositive();
  }

  @Test
  void aPayloadThatIsNoObjectIsShownToo() {
    assertThat(only("[1,2]")).isEqualTo(new Value.Text("1, 2"));
    assertThat(only("\"x\"")).isEqualTo(new Value.Text("x"));
    assertThat(table("{}").empty()).isTrue();
    assertThatCode(() -> table("null")).doesNotThrowAnyException();
  }

  @Test
  void rawJsonIsReadableAndBounded() {
    assertThat(table("{\"a\":{\"b\":[1,2.50]}}").raw())
        .isEqualTo(
            new RawJson("{\n  \"a\": {\n    \"b\": [\n      1,\n      2.50\n    ]\n  }\n}", false));

    ObjectNode large = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(100_000));
    assertThat(PayloadTable.of(large).raw().text()).hasSize(RawJson.LONGEST);
    assertThat(PayloadTable.of(large).raw().cut()).isTrue();
  }
}
