package dev.axme.bench.crash;

import dev.axme.bench.process.Launch;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a crash run does.
 *
 * @param seed everything random follows from it, except the moments at which processes run
 * @param agents how many agents are sent work, killed and started again
 * @param outage stops the database with every second kill; empty for the embedded store
 * @param directory where the clients write what they are about to send
 */
public record CrashPlan(
    long seed,
    int kills,
    int clients,
    int agents,
    Path directory,
    Launch launch,
    Optional<Outage> outage) {}
