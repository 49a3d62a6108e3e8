package dev.axme.cli;

import dev.axme.server.Server;
import dev.axme.server.Setting;
import dev.axme.server.Settings;
import dev.axme.server.http.HttpPort;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * A whole server, until it is told to stop. Its flags are the server's settings, which read and
 * explain themselves.
 */
@Command(name = "up", description = "Start a server: everything in one process, no account needed.")
final class UpCommand implements Callable<Integer> {
  private static final String LOCAL = "local";

  private final Cli cli;

  @Unmatched List<String> arguments = List.of();

  UpCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    return run(arguments);
  }

  int run(List<String> given) {
    if (given.contains("--help") || given.contains("-h")) {
      help();
      return Exit.DONE;
    }
    Settings settings = parse(given);
    Server server = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    tell(server, settings);
    return forEver();
  }

  private Settings parse(List<String> given) {
    try {
      return Settings.parse(given, cli.shell().environment());
    } catch (Settings.UsageException e) {
      throw CliException.usage(e.getMessage() + "\nTry `axme up --help`.");
    }
  }

  private static Server start(Settings settings) {
    return Faults.told(
        () -> {
          try {
            return Server.start(settings);
          } catch (HttpPort.CannotListen e) {
            throw cannotListen(settings, e);
          }
        });
  }

  private static CliException cannotListen(Settings settings, HttpPort.CannotListen e) {
    Settings.Listening own = new Settings.Listening(settings.host(), settings.port());
    Settings.Listening wanted = e.second() ? settings.metrics().orElse(own) : own;
    String flag = e.second() ? "--metrics-port" : "--port";
    return CliException.error(
        "Cannot listen on %s, port %d: %s.\nTake another port with %s, or a free one with %s 0."
            .formatted(wanted.host(), wanted.port(), e.getMessage(), flag, flag));
  }

  private void tell(Server server, Settings settings) {
    String line = server.startLine();
    Serving serving = Serving.parse(line);
    if (!settings.noContext()) {
      serving.apiKey().ifPresent(key -> remember(serving, key));
    }
    if (settings.json()) {
      cli.print(line);
    } else {
      new Banner(cli).print(serving);
      server.onRequest(
          request ->
              cli.print(cli.ink().faint(Words.clock(Instant.now())) + "  " + Words.safe(request)));
    }
  }

  /**
   * Makes the server known to this user's commands, and current when they have a key for no other.
   */
  private void remember(Serving serving, String loginKey) {
    try {
      Contexts contexts = cli.contexts();
      contexts.put(
          contexts
              .find(LOCAL)
              .orElseGet(() -> Contexts.Context.named(LOCAL))
              .with("base_url", serving.baseUrl())
              .with("org_id", serving.orgId())
              .with("workspace_id", serving.workspaceId())
              .with("environment", LOCAL));
      contexts.putApiKey(LOCAL, loginKey);
      if (!contexts.hasSecret(contexts.active())) {
        contexts.use(LOCAL);
      }
      contexts.save();
    } catch (CliException e) {
      cli.warn(e.getMessage() + " Commands need --base-url and --api-key therefore.");
    }
  }

  /** Lets what runs finish, then ends the process as one that did what it was told. */
  private void stop(Server server) {
    server.close();
    cli.shell().out().flush();
    Runtime.getRuntime().halt(Exit.DONE);
  }

  /** The signal that ends the process ends this too. */
  private static int forEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Exit.DONE;
  }

  private void help() {
    PrintStream out = cli.shell().out();
    out.println("Usage: axme up [OPTIONS]");
    out.println();
    out.println("Start a server: everything in one process, no account needed.");
    out.println();
    out.println("Options, each with the variable that says the same:");
    out.print(Setting.help());
  }
}
