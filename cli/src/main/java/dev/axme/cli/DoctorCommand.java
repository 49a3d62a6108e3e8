package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Me;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * Checks everything between this terminal and a decision, and says what to do about what is wrong.
 */
@Command(name = "doctor", description = "Check the set-up, and say what to do about what is wrong.")
final class DoctorCommand implements Callable<Integer> {
  private final Cli cli;
  private final List<Check> checks = new ArrayList<>();

  DoctorCommand(Cli cli) {
    this.cli = cli;
  }

  private record Check(boolean good, String what, String found) {
    Map<String, @Nullable Object> asJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("good", good);
      json.put("check", what);
      json.put("found", found);
      return json;
    }
  }

  @Override
  public Integer call() {
    check(true, "program", "axme " + Cli.VERSION + " on Java " + Runtime.version());
    files();
    server();
    boolean good = checks.stream().allMatch(Check::good);
    if (cli.json()) {
      cli.printJson("checks", checks.stream().map(Check::asJson).toList());
    } else {
      for (Check check : checks) {
        cli.print(
            (check.good() ? cli.ink().green("ok  ") : cli.ink().red("bad "))
                + " "
                + check.what()
                + ": "
                + cli.prose(Words.safe(check.found())));
      }
    }
    return good ? Exit.DONE : Exit.ERROR;
  }

  private void files() {
    Path secrets = cli.contexts().directory().resolve("secrets.json");
    if (!Files.exists(secrets)) {
      check(true, "stored keys", "none in " + secrets);
      return;
    }
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets));
      boolean closed = mode.endsWith("------");
      check(
          closed,
          "stored keys",
          secrets + (closed ? "" : " can be read by others (" + mode + "): chmod 600 " + secrets));
    } catch (IOException | UnsupportedOperationException e) {
      check(true, "stored keys", secrets.toString());
    }
  }

  private void server() {
    Connection connection = cli.connection();
    AxmeClient client = cli.client();
    try {
      String version = client.version().version();
      check(true, "server", connection.baseUrl() + " serves, axme " + version);
    } catch (AxmeException e) {
      check(false, "server", e.detail() + ". Start it with `axme up`, or name it with --base-url");
      return;
    }
    mail(client);
    key(connection, client);
  }

  /** Not having mail is no fault, but whoever waits for one should know. */
  private void mail(AxmeClient client) {
    String road = String.valueOf(client.health().raw().get("mail"));
    check(
        true,
        "mail",
        switch (road) {
          case "smtp" -> "people are told by mail";
          case "files" ->
              "the server writes mails into files, nobody gets them: `axme up --smtp-host ...`";
          default -> "nobody is told by mail, requests wait in the list: `axme up --smtp-host ...`";
        });
  }

  private void key(Connection connection, AxmeClient client) {
    if (connection.keys().isEmpty()) {
      check(false, "key", "none for this server: `axme login --api-key KEY`");
      return;
    }
    String source = connection.keys().getFirst().source();
    try {
      Me me = client.me();
      check(
          true,
          "key",
          me.actor()
                  .map(actor -> actor + ", who may decide")
                  .orElse(me.name() + ", an agent that never decides")
              + " (from "
              + source
              + ")");
    } catch (AxmeException e) {
      check(
          false,
          "key",
          "from " + source + ": " + e.detail() + ". Log in again: `axme login --api-key KEY`");
    }
  }

  private void check(boolean good, String what, String found) {
    checks.add(new Check(good, what, found));
  }
}
