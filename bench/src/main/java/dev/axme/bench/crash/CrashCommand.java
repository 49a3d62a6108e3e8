package dev.axme.bench.crash;

import picocli.CommandLine.Command;

/** The crash harness by command. */
@Command(name = "crash", description = "Kills the server at random moments and checks the rest.")
public final class CrashCommand implements java.util.concurrent.Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
