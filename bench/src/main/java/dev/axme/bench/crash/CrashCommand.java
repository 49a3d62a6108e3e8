package dev.axme.bench.crash;

import dev.axme.bench.process.Folders;
import dev.axme.bench.process.Launch;
import dev.axme.bench.process.StoreUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The crash harness by command. Keeps its directory when something was found. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description = "Kills server and agents at random moments under load and checks what remains.")
public final class CrashCommand implements Callable<Integer> {
  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often it is killed (default: ${DEFAULT-VALUE})")
  private int kills;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many clients work (default: ${DEFAULT-VALUE})")
  private int clients;

  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many agents are killed, too (default: ${DEFAULT-VALUE})")
  private int agents;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "sqlite",
      description = "sqlite (default), or postgresql://user:password@host:port/database")
  private String store = "sqlite";

  @Option(names = "--seed", paramLabel = "N", description = "Repeats the choices of a former run")
  private Optional<Long> seed = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("axme-crash");
    try (var fresh = StoreUrl.parse(store).fresh()) {
      var launch = Launch.of(directory.resolve("data"), fresh.url());
      var plan =
          new CrashPlan(
              seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000)),
              kills,
              clients,
              agents,
              directory.resolve("journal"),
              launch,
              Optional.empty());
      System.err.println("seed " + plan.seed() + ", in " + directory);
      var report =
          CrashRun.run(plan, FoldCheck.of(launch), line -> System.err.println("  " + line));
      System.out.println(report.text());
      if (!report.findings().isEmpty()) {
        return 1;
      }
    }
    Folders.delete(directory);
    return 0;
  }
}
