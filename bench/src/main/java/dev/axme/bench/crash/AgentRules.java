package dev.axme.bench.crash;

import dev.axme.bench.crash.AgentJournal.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What must hold of what was sent and what the agents have written down: nothing is lost, nothing
 * comes to a wrong agent, order is kept, what was finished does not come back.
 */
final class AgentRules {
  private final List<Work> sent;
  private final List<AgentJournal> journals;
  private final Findings findings;
  private final Map<String, Work> works;
  private final Set<String> handedOver = new HashSet<>();

  private AgentRules(List<Work> sent, List<AgentJournal> journals, Findings findings) {
    this.sent = sent;
    this.journals = journals;
    this.findings = findings;
    this.works = sent.stream().collect(Collectors.toMap(Work::id, Function.identity()));
  }

  /**
   * Checks what one requester sent, one after the other, against all journals.
   *
   * @param sent in the order in which it was acknowledged
   */
  static void check(List<Work> sent, List<AgentJournal> journals, Findings findings) {
    new AgentRules(sent, journals, findings).check();
  }

  private void check() {
    for (AgentJournal journal : journals) {
      for (Entry entry : journal.entries()) {
        Optional.ofNullable(entry.sending())
            .filter(call -> call.kind() == Call.Kind.HAND_OVER)
            .ifPresent(call -> handedOver.add(call.path()));
      }
    }
    journals.forEach(this::check);
  }

  private void check(AgentJournal journal) {
    Map<String, Long> numbers = new HashMap<>();
    Set<String> finished = new HashSet<>();
    Set<String> finishedBefore = Set.of();
    long last = 0;
    for (Entry entry : journal.entries()) {
      if (entry.since() != null) {
        last = entry.since();
        finishedBefore = Set.copyOf(finished);
      } else if (entry.delivery() != null) {
        number(journal.agent(), entry.delivery(), last, numbers);
        rightfulness(journal.agent(), entry.delivery());
        findings.expect(
            !finishedBefore.contains(entry.delivery().intent()),
            "Came again after it was finished",
            journal.agent(),
            entry.delivery());
        last = entry.delivery().seq();
      } else if (entry.answer() != null) {
        findings.expect(entry.answer().done(), "An agent was refused", entry.answer());
        finished.add(entry.answer().call().key().substring(journal.agent().name().length() + 1));
      }
    }
    everythingCame(journal.agent(), numbers);
  }

  private void number(Agent agent, Delivery delivery, long last, Map<String, Long> numbers) {
    findings.expect(delivery.seq() % 2 == 0, "An odd number", agent, delivery);
    findings.expect(delivery.seq() > last, "Numbers do not rise", agent, last, delivery);
    Long before = numbers.put(delivery.intent(), delivery.seq());
    findings.expect(
        before == null || before == delivery.seq(),
        "One delivery, two numbers",
        agent,
        before,
        delivery);
  }

  private void rightfulness(Agent agent, Delivery delivery) {
    Work work = works.get(delivery.intent());
    if (work == null) {
      findings.add("Delivered, and nobody sent it", agent, delivery);
      return;
    }
    findings.expect(!work.question(), "A question to people was delivered", agent, delivery);
    boolean theirs =
        work.to().equals(agent)
            || (work.isFor(agent)
                && handedOver.contains("/v1/intents/" + delivery.intent() + "/resume"));
    findings.expect(theirs, "Delivered to a wrong agent", agent, delivery);
    findings.expect(delivery.to().equals(agent.address()), "Names another agent", agent, delivery);
  }

  private void everythingCame(Agent agent, Map<String, Long> numbers) {
    long last = 0;
    for (Work work : sent) {
      Long number = numbers.get(work.id());
      if (number == null) {
        findings.expect(!work.isFor(agent), "A delivery is lost", agent, work.id());
      } else if (work.to().equals(agent)) {
        findings.expect(number > last, "Came before what was sent earlier", agent, work.id());
        last = number;
      }
    }
    findings.expect(
        Set.copyOf(numbers.values()).size() == numbers.size(),
        "Two deliveries, one number",
        agent,
        numbers);
  }
}
