package dev.axme.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.crash.AgentJournal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules that find nothing must be such that would find something. */
final class AgentRulesTest {
  private static final Agent ANNA = new Agent("anna", "agent://org/main/anna");
  private static final Agent BERT = new Agent("bert", "agent://org/main/bert");

  private static final Work FIRST = work("i1", Optional.empty(), false);
  private static final Work SECOND = work("i2", Optional.empty(), false);
  private static final Work PASSED_ON = work("i3", Optional.of(BERT), false);
  private static final Work QUESTION = work("i4", Optional.empty(), true);

  @Test
  void whatHappensWhenAllIsWellIsNoFinding() {
    List<Entry> anna =
        List.of(
            Entry.connected(0),
            delivery(FIRST, 2, ANNA),
            Entry.connected(3),
            delivery(SECOND, 4, ANNA),
            Entry.connected(0),
            delivery(FIRST, 2, ANNA),
            sending(FIRST, ANNA),
            answer(FIRST, ANNA, 200),
            delivery(PASSED_ON, 6, ANNA),
            sending(PASSED_ON, ANNA),
            answer(PASSED_ON, ANNA, 200),
            Entry.connected(0),
            delivery(SECOND, 4, ANNA));
    List<Entry> bert = List.of(Entry.connected(0), delivery(PASSED_ON, 8, BERT));

    assertThat(findings(List.of(FIRST, SECOND, PASSED_ON, QUESTION), anna, bert)).isEmpty();
  }

  @Test
  void aDeliveryThatNeverCameIsFound() {
    assertThat(findings(List.of(FIRST), List.of(Entry.connected(0)), List.of()))
        .singleElement()
        .asString()
        .startsWith("A delivery is lost");
  }

  @Test
  void aHandOverThatReachedNobodyIsFound() {
    List<Entry> anna =
        List.of(Entry.connected(0), delivery(PASSED_ON, 2, ANNA), sending(PASSED_ON, ANNA));

    assertThat(findings(List.of(PASSED_ON), anna, List.of()))
        .singleElement()
        .asString()
        .startsWith("A delivery is lost | Agent[name=bert");
  }

  @Test
  void aWrongAgentIsFound() {
    List<Entry> anna = List.of(Entry.connected(0), delivery(FIRST, 2, ANNA));
    List<Entry> bert = List.of(Entry.connected(0), delivery(FIRST, 2, BERT));

    assertThat(findings(List.of(FIRST), anna, bert))
        .singleElement()
        .asString()
        .startsWith("Delivered to a wrong agent");
  }

  @Test
  void whatComesBeforeItWasHandedOverIsFound() {
    List<Entry> anna = List.of(Entry.connected(0), delivery(PASSED_ON, 2, ANNA));
    List<Entry> bert = List.of(Entry.connected(0), delivery(PASSED_ON, 2, BERT));

    assertThat(findings(List.of(PASSED_ON), anna, bert))
        .singleElement()
        .asString()
        .startsWith("Delivered to a wrong agent");
  }

  @Test
  void aQuestionOnAStreamIsFound() {
    assertThat(ofAnna(List.of(QUESTION), delivery(QUESTION, 2, ANNA)))
        .containsExactly("A question to people was delivered");
  }

  @Test
  void whatNobodySentIsFound() {
    assertThat(ofAnna(List.of(), delivery(FIRST, 2, ANNA)))
        .containsExactly("Delivered, and nobody sent it");
  }

  @Test
  void numbersThatAreOddOrDoNotRiseAreFound() {
    assertThat(ofAnna(List.of(FIRST), delivery(FIRST, 3, ANNA))).containsExactly("An odd number");
    assertThat(ofAnna(List.of(SECOND, FIRST), delivery(FIRST, 4, ANNA), delivery(SECOND, 2, ANNA)))
        .containsExactly("Numbers do not rise");
    assertThat(ofAnna(List.of(FIRST), delivery(FIRST, 4, ANNA), delivery(FIRST, 4, ANNA)))
        .containsExactly("Numbers do not rise");
  }

  @Test
  void numbersThatChangeOrAreSharedAreFound() {
    assertThat(ofAnna(List.of(FIRST), delivery(FIRST, 2, ANNA), delivery(FIRST, 4, ANNA)))
        .containsExactly("One delivery, two numbers");
    assertThat(
            ofAnna(
                List.of(FIRST),
                delivery(FIRST, 2, ANNA),
                Entry.connected(0),
                delivery(SECOND, 2, ANNA)))
        .contains("Two deliveries, one number");
  }

  @Test
  void anOrderOtherThanThatOfTheSenderIsFound() {
    assertThat(ofAnna(List.of(SECOND, FIRST), delivery(FIRST, 2, ANNA), delivery(SECOND, 4, ANNA)))
        .containsExactly("Came before what was sent earlier");
  }

  @Test
  void whatComesAgainAfterItWasFinishedIsFound() {
    Entry came = delivery(FIRST, 2, ANNA);

    assertThat(ofAnna(List.of(FIRST), came, answer(FIRST, ANNA, 200), Entry.connected(0), came))
        .containsExactly("Came again after it was finished");
  }

  @Test
  void aRefusedReportIsFound() {
    assertThat(ofAnna(List.of(FIRST), delivery(FIRST, 2, ANNA), answer(FIRST, ANNA, 409)))
        .containsExactly("An agent was refused");
  }

  /** The sentences of what is found in the journal of one agent. */
  private static List<String> ofAnna(List<Work> sent, Entry... entries) {
    var all = new ArrayList<>(List.of(Entry.connected(0)));
    all.addAll(List.of(entries));
    return findings(sent, all, List.of()).stream()
        .map(finding -> finding.substring(0, finding.indexOf(" | ")))
        .toList();
  }

  private static List<String> findings(List<Work> sent, List<Entry> anna, List<Entry> bert) {
    var findings = new Findings();
    var journals = List.of(new AgentJournal(ANNA, anna), new AgentJournal(BERT, bert));
    AgentRules.check(sent, journals, findings);
    return findings.all();
  }

  private static Work work(String id, Optional<Agent> then, boolean question) {
    var create = Call.of(Call.Kind.CREATE, "key-" + id, "/v1/intents", "{}");
    var answer = new Call.Answer(create, 200, "{\"intent_id\":\"" + id + "\"}");
    return new Work(new Sent(Sent.Form.PLAIN, "c-" + id, answer), ANNA, then, question);
  }

  private static Delivery of(Work work, long seq, Agent agent) {
    return new Delivery(
        work.id(), seq, agent.address(), work.then().map(Agent::address).orElse(""));
  }

  private static Entry delivery(Work work, long seq, Agent agent) {
    return Entry.of(of(work, seq, agent));
  }

  private static Entry sending(Work work, Agent agent) {
    return Entry.of(of(work, 2, agent).call(agent));
  }

  private static Entry answer(Work work, Agent agent, int status) {
    return Entry.of(new Call.Answer(of(work, 2, agent).call(agent), status, "{}"));
  }
}
