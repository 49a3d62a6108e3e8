package dev.axme.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forgets keys here. They go on working: whoever has a copy is stopped by revoking it. */
@Command(
    name = "logout",
    description = {
      "Forget the key of the current context.",
      "The key itself goes on working; `axme keys revoke` ends it."
    })
final class LogoutCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(names = "--all", description = "Forget the keys of every context.")
  boolean all;

  @Option(
      names = "--all-sessions",
      hidden = true,
      description = "The same: a server with keys has no sessions of programs.")
  boolean allSessions;

  LogoutCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    Contexts contexts = cli.contexts();
    List<String> names =
        all ? List.copyOf(contexts.all().keySet()) : List.of(cli.connection().context());
    List<String> forgotten = new ArrayList<>();
    for (String name : names) {
      if (contexts.forget(name)) {
        forgotten.add(name);
      }
    }
    contexts.save();
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("contexts", forgotten);
      cli.printJson(json);
    } else if (forgotten.isEmpty()) {
      cli.say("There was no key to forget.");
    } else {
      cli.say("Forgot the key of " + String.join(", ", forgotten) + ".");
      cli.say("It still works for whoever has it; `axme keys revoke` ends it.");
    }
    return Exit.DONE;
  }
}
