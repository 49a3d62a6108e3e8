package dev.axme.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One agent that is killed and started again, again and again. A new life begins at 0 with nothing
 * but the journal; half of them first send again what the last one may have sent.
 */
final class AgentLives implements Runnable {
  private final Agent agent;
  private final Path file;
  private final Victim victim;
  private final Findings findings;
  private final AtomicBoolean enough;
  private final Random random;
  private int deaths;

  AgentLives(
      long seed, Agent agent, Path file, Victim victim, Findings findings, AtomicBoolean enough)
      throws IOException {
    this.agent = agent;
    this.file = file;
    this.victim = victim;
    this.findings = findings;
    this.enough = enough;
    this.random = new Random(seed);
    new Journal(file).close();
  }

  @Override
  public void run() {
    try {
      while (!enough.get()) {
        try (AgentLife life = life()) {
          if (random.nextBoolean()) {
            life.settle();
          }
          while (!enough.get() && !life.dead()) {
            life.work();
          }
          deaths += life.dead() ? 1 : 0;
        }
      }
    } catch (IOException | InterruptedException | IllegalStateException e) {
      findings.add("An agent failed", agent, e);
    }
  }

  Agent agent() {
    return agent;
  }

  /** How often it was killed; to be read after the runs. */
  int deaths() {
    return deaths;
  }

  /** Sends again whatever was never answered: then nothing is under way any more. */
  void settle() throws IOException, InterruptedException {
    try (AgentLife life = life()) {
      life.settle();
    }
  }

  /** What a new life finds at its start. */
  List<Delivery> look() throws IOException, InterruptedException {
    try (AgentLife life = life()) {
      return life.look();
    }
  }

  /** Finishes what is there; says how much that was. */
  int finish() throws IOException, InterruptedException {
    try (AgentLife life = life()) {
      return life.finish();
    }
  }

  AgentJournal journal() throws IOException {
    return AgentJournal.read(agent, file);
  }

  private AgentLife life() throws IOException {
    return new AgentLife(agent, file, victim, findings, random);
  }
}
