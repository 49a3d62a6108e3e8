package dev.axme.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends work to agents, one call at a time: mostly an agent does it, sometimes it has to hand it
 * over to another one, sometimes it is a question to people that names the agent.
 */
final class Requester implements Runnable {
  private static final long LONGEST_PAUSE_NANOS = 60_000_000;

  private final Random random;
  private final Victim victim;
  private final Path file;
  private final Findings findings;
  private final List<Agent> agents;
  private final AtomicBoolean enough;
  private final List<Work> sent = new ArrayList<>();

  Requester(
      long seed,
      Victim victim,
      Path file,
      Findings findings,
      List<Agent> agents,
      AtomicBoolean enough) {
    this.random = new Random(seed);
    this.victim = victim;
    this.file = file;
    this.findings = findings;
    this.agents = List.copyOf(agents);
    this.enough = enough;
  }

  /** Everything it sent, in this order; to be read after it has ended. */
  List<Work> sent() {
    return sent;
  }

  @Override
  public void run() {
    try (Journal journal = new Journal(file)) {
      while (!enough.get()) {
        send(journal, any(), random.nextInt(8) == 0);
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
      }
    } catch (IOException | InterruptedException | IllegalStateException e) {
      findings.add("A requester failed", e);
    }
  }

  /** Sends each agent something, so that it finds it when it starts again. */
  void leave() throws IOException, InterruptedException {
    try (Journal journal = new Journal(file)) {
      for (Agent agent : agents) {
        send(journal, agent, false);
        send(journal, agent, false);
      }
    }
  }

  private Agent any() {
    return agents.get(random.nextInt(agents.size()));
  }

  private void send(Journal journal, Agent to, boolean question)
      throws IOException, InterruptedException {
    Optional<Agent> then =
        question || random.nextInt(4) > 0
            ? Optional.empty()
            : Optional.of(any()).filter(agent -> !agent.equals(to));
    String correlation = uuid();
    String body =
        """
        {"intent_type":"work.do.v1","to_agent":"%s","correlation_id":"%s",\
        "payload":{"n":%d%s}%s}"""
            .formatted(
                to.address(),
                correlation,
                sent.size(),
                then.map(a -> ",\"then\":\"" + a.address() + "\"").orElse(""),
                question ? ",\"human_task\":{\"title\":\"May it run?\"}" : "");
    var call = Call.of(Call.Kind.CREATE, uuid(), "/v1/intents", body);
    journal.write(call);
    var answer = victim.answer(call);
    findings.expect(answer.done(), "Work was refused", call, answer.status(), answer.body());
    if (answer.done()) {
      sent.add(new Work(new Sent(Sent.Form.PLAIN, correlation, answer), to, then, question));
    }
  }

  private String uuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
