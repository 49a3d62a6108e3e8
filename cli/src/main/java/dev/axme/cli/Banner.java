package dev.axme.cli;

import java.io.PrintStream;

/** What a person who starts a server needs next, in the order in which they need it. */
final class Banner {
  private static final String EVERYWHERE =
      "agents and webhooks also on this machine and in private networks";
  private static final String PUBLIC =
      "agents and webhooks on public addresses only (--allow-private-callbacks)";

  private final Cli cli;
  private final Ink ink;
  private final PrintStream out;

  Banner(Cli cli) {
    this.cli = cli;
    this.ink = cli.ink();
    this.out = cli.shell().out();
  }

  void print(Serving serving) {
    out.println();
    out.println("  " + ink.bold("axme " + serving.version() + " serves"));
    out.println();
    row("API", serving.baseUrl());
    row("Page", serving.dashboardUrl());
    serving
        .signInUrl()
        .ifPresent(url -> row("Sign in", ink.blue(url) + ink.faint("  (opens once)")));
    row("Data", serving.dataDirectory());
    row("Calls", serving.privateCallbacks() ? EVERYWHERE : PUBLIC);
    serving.agentApiKey().ifPresent(key -> agent(serving, key));
    tryIt();
  }

  private void agent(Serving serving, String key) {
    out.println();
    out.println("  For your agent, which asks and never decides:");
    out.println();
    out.println("    export AXME_BASE_URL=" + serving.baseUrl());
    out.println("    export AXME_API_KEY=" + key);
  }

  private void tryIt() {
    out.println();
    out.println("  Try it from another terminal:");
    out.println();
    out.println(
        "    "
            + cli.shell().program()
            + " intents send \"Deploy model v2.3 to production\" --wait");
    out.println();
    out.println(
        ink.faint(
            "  Requests appear below as they come. Ctrl-C stops the server; what waits is kept."));
    out.println();
  }

  private void row(String name, String value) {
    out.println("  " + ink.faint(name + " ".repeat(9 - name.length())) + value);
  }
}
