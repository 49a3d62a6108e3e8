/**
 * Kills the real server and the agents that work with it at random moments under load, and checks
 * afterwards that nothing acknowledged is lost or doubled. Start reading at {@link
 * dev.axme.bench.crash.CrashRun}.
 */
@NullMarked
package dev.axme.bench.crash;

import org.jspecify.annotations.NullMarked;
