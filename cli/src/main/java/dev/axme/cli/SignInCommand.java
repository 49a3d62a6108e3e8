package dev.axme.cli;

import dev.axme.sdk.SignInLink;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A fresh link that signs a browser in. */
@Command(
    name = "sign-in",
    description =
        "Print a fresh one-time link that signs your browser in, with a QR code for a phone.")
final class SignInCommand implements Callable<Integer> {
  private final Cli cli;

  SignInCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    SignInLink link = cli.asPerson(client -> client.directory().signInLink());
    if (cli.json()) {
      cli.printJson(link.raw());
      return Exit.DONE;
    }
    cli.print(link.url());
    if (cli.shell().terminal()) {
      cli.say("");
      cli.say(QrImage.of(link.url(), cli.ink()));
      if (link.url().contains("//127.0.0.1") || link.url().contains("//localhost")) {
        cli.say("This address is your computer's own. For a phone, start the server with");
        cli.say("`axme up --host 0.0.0.0 --public-url http://ADDRESS:8420`.");
      }
    }
    cli.say(
        "Opens once"
            + link.expiresAt().map(at -> ", until " + Words.clock(at)).orElse("")
            + ". Do not pass it on: whoever opens it is signed in as you.");
    return Exit.DONE;
  }
}
