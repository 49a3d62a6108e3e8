package dev.axme.bench;

import dev.axme.bench.crash.CrashCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands: each measures the real server, started as a process of its own. */
@Command(
    name = "axme bench",
    mixinStandardHelpOptions = true,
    subcommands = CrashCommand.class,
    description = "Measures the server on this machine, as ratios to what the machine can do.")
public final class Main {

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Command(description = "The floors alone: disk, bare HTTP, bare group commit through HTTP.")
  int floor(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::floors);
  }

  @Command(description = "Approvals created a second, as a ratio to the floor.")
  int create(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::creates);
  }

  @Command(description = "Decisions a second, as a ratio to the floor.")
  int decide(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::decides);
  }

  @Command(description = "From a decision sent to the waiting client told, at low load.")
  int wake(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::wakes);
  }

  @Command(description = "Decisions while many people are reminded by mail within a minute.")
  int reminders(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::reminders);
  }

  @Command(description = "From the start of the process to the first ready answer.")
  int startup(@Mixin RunOptions options) throws Exception {
    return run(options, Bench::startups);
  }

  @Command(description = "Everything above, one after the other.")
  int all(@Mixin RunOptions options) throws Exception {
    return run(
        options,
        bench -> {
          bench.startups();
          bench.creates();
          bench.decides();
          bench.wakes();
        });
  }

  private interface Part {
    void of(Bench bench) throws Exception;
  }

  private static int run(RunOptions options, Part part) throws Exception {
    var report = new Report(System.out, System.err, options.out, options.storeUrl().kind());
    try (var bench = new Bench(options, report)) {
      part.of(bench);
    }
    return 0;
  }
}
