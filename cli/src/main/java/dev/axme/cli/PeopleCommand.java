package dev.axme.cli;

import dev.axme.sdk.NewPerson;
import dev.axme.sdk.Person;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may decide. */
@Command(
    name = "people",
    description = "See and add the people who decide.",
    synopsisSubcommandLabel = "COMMAND")
final class PeopleCommand {
  private final Cli cli;

  PeopleCommand(Cli cli) {
    this.cli = cli;
  }

  @Command(name = "list", description = "Show everybody of the workspace.")
  int list() {
    List<Person> people = cli.asPerson(client -> cli.directory(client).people());
    if (cli.json()) {
      cli.printJson("people", people.stream().map(Person::raw).toList());
      return Exit.DONE;
    }
    Table table = new Table("EMAIL", "NAME", "ROLES", "ADDRESS");
    for (Person person : people) {
      table.row(
          person.email(),
          person.name().orElse(""),
          String.join(", ", person.roles()),
          person.address());
    }
    table.print(cli.shell().out(), cli.ink());
    return Exit.DONE;
  }

  @Command(
      name = "add",
      description = "Add somebody: prints their login key and a one-time sign-in link, once.")
  int add(
      @Parameters(paramLabel = "EMAIL", description = "Their e-mail address.") String email,
      @Option(names = "--name", paramLabel = "NAME", description = "What to call them.")
          Optional<String> name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "What they are, such as approver or security; requests can name it.")
          Optional<String> role) {
    NewPerson added = cli.asPerson(client -> cli.directory(client).addPerson(email, name, role));
    if (cli.json()) {
      cli.printJson(added.raw());
      return Exit.DONE;
    }
    cli.print("Login key     " + added.loginKey());
    cli.print("Sign-in link  " + added.signInUrl());
    cli.say("");
    cli.say(
        "Added "
            + Words.safe(added.person().name().orElse(added.person().email()))
            + ". Both are shown this once: the link signs a browser in, the key decides in a terminal"
            + " (`axme login --api-key KEY`).");
    return Exit.DONE;
  }
}
