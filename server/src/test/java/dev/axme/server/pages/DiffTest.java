package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.pages.PayloadTable.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffTest {

  private static List<String> lines(Row row) {
    return ((Value.Change) row.value())
        .lines().stream().map(l -> l.kind().sign() + l.text()).toList();
  }

  private static List<Row> rows(String json) {
    return PayloadTable.of(Samples.json(json)).rows();
  }

  @Test
  void twoObjectsAreComparedFieldByField() {
    Row row =
        rows("{\"c\":{\"old\":{\"image\":\"v1\",\"env\":\"prod\"},\"new\":{\"image\":\"v2\",\"env\":\"prod\"}}}")
            .getFirst();

    assertThat(lines(row)).containsExactly("-image: v1", "+image: v2", " env: prod");
  }

  @Test
  void aChangeOfTheWholePayloadLeavesTheOtherFieldsInTheTable() {
    List<Row> rows = rows("{\"why\":\"faster\",\"before\":1,\"after\":2}");

    assertThat(lines(rows.get(0))).containsExactly("-1", "+2");
    assertThat(rows.get(1).label()).isEqualTo("Why");
    assertThat(rows).hasSize(2);
  }

  @Test
  void aPlainFromAndToReadsAsAMove() {
    assertThat(rows("{\"w\":{\"from\":\"22:00\",\"to\":\"23:30\"}}").getFirst().value())
        .isEqualTo(new Value.Move("22:00", "23:30"));
  }

  @Test
  void aMailWithFromAndToIsNoChange() {
    assertThat(rows("{\"m\":{\"from\":\"a@x\",\"to\":\"b@y\",\"subject\":\"s\"}}"))
        .extracting(Row::label)
        .containsExactly("M", "From", "To", "Subject");
  }

  @Test
  void equalSidesSaySo() {
    assertThat(rows("{\"c\":{\"before\":[1],\"after\":[1]}}").getFirst().value())
        .isEqualTo(new Value.Remark("no difference between before and after"));
  }

  @Test
  void longUnchangedRunsShrinkToANote() {
    String before = String.join("\n", IntStream.range(0, 40).mapToObj(i -> "line " + i).toList());
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.put("before", before).put("after", before.replace("line 20\n", "line twenty\n"));

    Row row = PayloadTable.of(change).rows().getFirst();

    assertThat(lines(row))
        .containsExactly(
            " 18 unchanged lines not shown",
            " line 18",
            " line 19",
            "-line 20",
            "+line twenty",
            " line 21",
            " line 22",
            " 17 unchanged lines not shown");
  }

  @Test
  void aDifferenceBehindTheEndOfTheComparisonIsNeverCalledEqual() {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.put("before", "x\n".repeat(5_000) + "a").put("after", "x\n".repeat(5_000) + "b");

    Row row = PayloadTable.of(change).rows().getFirst();

    assertThat(lines(row)).last().asString().contains("the rest is not shown");
  }

  @Test
  void aPatchKeepsItsSigns() {
    Row row = rows("{\"diff\":\"--- a\\n+++ b\\n@@ -1 +1 @@\\n-old\\n+new\\n same\"}").getFirst();

    assertThat(lines(row))
        .containsExactly(" --- a", " +++ b", " @@ -1 +1 @@", "-old", "+new", " same");
  }
}
