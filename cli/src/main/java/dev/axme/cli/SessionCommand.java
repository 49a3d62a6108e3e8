package dev.axme.cli;

import dev.axme.sdk.LoginSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where somebody is logged in by a session, on servers that have such. */
@Command(
    name = "session",
    description = "See and end sessions, on servers that log programs in by them.",
    synopsisSubcommandLabel = "COMMAND")
final class SessionCommand {
  private static final String KEYS =
      "No sessions: programs log in to this server with keys. See them: `axme keys list`";

  private final Cli cli;

  SessionCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show where you are logged in; * marks this one.")
  int list(@Option(names = "--all", description = "Show ended sessions too.") boolean all) {
    List<LoginSession> sessions = cli.asPerson(client -> client.sessions(all));
    if (cli.json()) {
      cli.printJson("sessions", sessions.stream().map(LoginSession::raw).toList());
      return Exit.DONE;
    } else if (sessions.isEmpty()) {
      cli.say(KEYS);
      return Exit.DONE;
    }
    Table table = new Table("", "SESSION", "CLIENT", "DEVICE", "CREATED", "EXPIRES");
    for (LoginSession session : sessions) {
      table.row(
          session.current() ? "*" : "",
          session.id(),
          session.clientType(),
          session.deviceLabel().orElse(""),
          session.createdAt().map(Words::ago).orElse(""),
          session.revoked() ? "ended" : session.expiresAt().map(Words::ahead).orElse("never"));
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(name = "revoke", description = "End a session.")
  int revoke(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The session, from session list.")
          Optional<String> id,
      @Option(names = "--current", description = "End the one that this program uses.")
          boolean current) {
    if (id.isPresent() == current) {
      throw CliException.usage("Name one session by its id, or say --current.");
    }
    String ended =
        cli.asPerson(
            client -> {
              String session =
                  id.or(
                          () ->
                              client.sessions(false).stream()
                                  .filter(LoginSession::current)
                                  .map(LoginSession::id)
                                  .findFirst())
                      .orElseThrow(() -> CliException.error(KEYS));
              client.revokeSession(session);
              return session;
            });
    if (cli.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("ok", true);
      json.put("session_id", ended);
      json.put("revoked", true);
      cli.printJson(json);
    } else {
      cli.print(cli.ink().bold("Ended") + ": " + Words.safe(ended));
    }
    return Exit.DONE;
  }
}
