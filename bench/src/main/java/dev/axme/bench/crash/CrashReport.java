package dev.axme.bench.crash;

import java.util.List;

/** What a crash run came to: how much was tried, and what was found that must not be. */
public record CrashReport(
    long seed,
    int kills,
    int whileStarting,
    int databaseStops,
    int agentDeaths,
    long deliveries,
    long intents,
    long calls,
    List<String> findings) {

  public CrashReport {
    findings = List.copyOf(findings);
  }

  /** The report for people. */
  public String text() {
    return ("%d kills (%d while starting, %d with the database), %d of agents, %d deliveries,"
                + " %d intents, %d acknowledged calls, seed %d: ")
            .formatted(
                kills, whileStarting, databaseStops, agentDeaths, deliveries, intents, calls, seed)
        + (findings.isEmpty()
            ? "nothing lost, nothing doubled"
            : findings.size() + " findings\n  " + String.join("\n  ", findings));
  }
}
