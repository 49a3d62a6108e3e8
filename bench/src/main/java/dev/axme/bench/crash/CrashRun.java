package dev.axme.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One crash run: clients and agents work, the server is killed again and again and the agents too,
 * then everything that was acknowledged is looked for. Whoever sends a call writes it to the disk
 * before, and repeats it until it is answered.
 */
public final class CrashRun {
  private static final Duration LONGEST_WORK = Duration.ofSeconds(5);

  private final CrashPlan plan;
  private final StoreCheck storeCheck;
  private final Consumer<String> progress;
  private final Random random;
  private final Findings findings = new Findings();
  private int crashes;
  private int whileStarting;
  private int databaseStops;

  private CrashRun(CrashPlan plan, StoreCheck storeCheck, Consumer<String> progress) {
    this.plan = plan;
    this.storeCheck = storeCheck;
    this.progress = progress;
    this.random = new Random(plan.seed());
  }

  /** Runs the plan to its end and reports. */
  public static CrashReport run(CrashPlan plan, StoreCheck storeCheck, Consumer<String> progress)
      throws Exception {
    return new CrashRun(plan, storeCheck, progress).run();
  }

  private CrashReport run() throws Exception {
    Files.createDirectories(plan.directory());
    try (var victim = new Victim(plan.launch(), findings)) {
      victim.start();
      var enough = new AtomicBoolean();
      var workforce = new Workforce(plan, victim, findings, enough);
      List<Client> clients = clients(victim, enough);
      var parts = new ArrayList<Runnable>(clients);
      parts.addAll(workforce.parts());
      work(victim, parts, enough);
      progress.accept("letting the agents finish");
      workforce.check();
      var sent = new ArrayList<>(workforce.sent());
      clients.forEach(client -> sent.addAll(client.sent()));
      progress.accept("checking %d intents".formatted(sent.size()));
      new Checker(victim, findings).check(sent);
      victim.stop();
      storeCheck.disagreements().forEach(d -> findings.add(d));
      long calls =
          sent.stream().flatMap(s -> s.answers().stream()).filter(Call.Answer::done).count();
      return new CrashReport(
          plan.seed(),
          plan.kills(),
          whileStarting,
          databaseStops,
          workforce.deaths(),
          workforce.deliveries(),
          sent.size(),
          calls,
          findings.all());
    }
  }

  private void work(Victim victim, List<Runnable> parts, AtomicBoolean enough) throws Exception {
    var threads = new ArrayList<Thread>();
    for (Runnable part : parts) {
      threads.add(Thread.ofPlatform().name("part-" + threads.size()).start(part));
    }
    try {
      for (int kill = 1; kill <= plan.kills(); kill++) {
        awaitWork(victim);
        kill += crash(victim, kill);
        progress.accept("killed %d of %d times".formatted(kill, plan.kills()));
      }
      awaitWork(victim);
    } finally {
      enough.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private List<Client> clients(Victim victim, AtomicBoolean enough) throws IOException {
    var clients = new ArrayList<Client>();
    for (int i = 0; i < plan.clients(); i++) {
      var journal = plan.directory().resolve("client-" + i + ".jsonl");
      clients.add(new Client(plan.seed() * 31 + i, victim, journal, findings, enough));
    }
    return clients;
  }

  /** Kills the working server, and some new ones while they start; says how many of those. */
  private int crash(Victim victim, int kill) throws Exception {
    Optional<Outage> outage = plan.outage().filter(o -> ++crashes % 2 == 0);
    if (outage.isPresent()) {
      outage.get().stopAtOnce();
      databaseStops++;
      pause(0, 100);
    }
    victim.kill();
    if (outage.isPresent()) {
      outage.get().startAgain();
    }
    int starting = 0;
    while (kill + starting < plan.kills() && random.nextInt(3) == 0) {
      victim.begin();
      pause(50, 900);
      victim.kill();
      starting++;
    }
    whileStarting += starting;
    victim.start();
    return starting;
  }

  /** Lets the clients get something done, on a slow machine too, and then a little more. */
  private void awaitWork(Victim victim) {
    long enough = victim.answers() + random.nextInt(20, 300);
    long latest = System.nanoTime() + LONGEST_WORK.toNanos();
    while (victim.answers() < enough && System.nanoTime() < latest) {
      LockSupport.parkNanos(1_000_000);
    }
    pause(0, 300);
  }

  private void pause(int fromMillis, int toMillis) {
    LockSupport.parkNanos(random.nextLong(fromMillis * 1_000_000L, toMillis * 1_000_000L));
  }
}
