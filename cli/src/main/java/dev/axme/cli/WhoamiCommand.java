package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Me;
import dev.axme.sdk.PersonalContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Whose key the next command would use. */
@Command(name = "whoami", description = "Show whose key commands use, and what it may do.")
final class WhoamiCommand implements Callable<Integer> {
  private final Cli cli;

  WhoamiCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    AxmeClient client = cli.client();
    Me me = client.me();
    Optional<PersonalContext> person = me.actor().isPresent() ? person(client) : Optional.empty();
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>(me.raw());
      person.ifPresent(known -> json.put("personal_context", known.raw()));
      cli.printJson(json);
      return Exit.DONE;
    }
    cli.print("Who        " + Words.safe(me.actor().orElse(me.name() + " (an agent)")));
    cli.print("Address    " + Words.safe(me.address()));
    person.ifPresent(
        known ->
            cli.print(
                "Workspace  " + Words.safe(known.organization() + " / " + known.workspace())));
    cli.print("May        " + (me.actor().isPresent() ? "ask and decide" : "ask, never decide"));
    cli.print("Server     " + cli.connection().baseUrl());
    return Exit.DONE;
  }

  private static Optional<PersonalContext> person(AxmeClient client) {
    try {
      return Optional.of(client.personalContext());
    } catch (AxmeException e) {
      if (e.status() == 403 || e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
