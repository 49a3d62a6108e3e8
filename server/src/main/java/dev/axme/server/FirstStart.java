package dev.axme.server;

import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Secrets;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Temporary provisioning. */
final class FirstStart {
  private final Store store;
  private final Path data;

  FirstStart(Store store, Path data) {
    this.store = store;
    this.data = data;
  }

  Optional<Credentials> credentials() {
    Directory d = store.directory();
    if (!d.workspaces().isEmpty()) {
      return Credentials.read(data);
    }
    Instant now = store.now();
    var org = new Directory.Organization(UUID.randomUUID(), "local", "Local");
    var ws =
        new Directory.Workspace(
            new WorkspaceId(UUID.randomUUID()), org, "main", "Main", "production");
    d.add(org, ws);
    var person =
        new Directory.PersonRow(
            new PersonId(UUID.randomUUID()),
            ws.id(),
            "owner@localhost",
            "Owner",
            List.of("org_owner"),
            now);
    d.add(person);
    String login = key(d, ws, Optional.of(person.id()), "owner@localhost", "owner", now);
    String agent = key(d, ws, Optional.empty(), "agent", "agent", now);
    Credentials c =
        new Credentials(
            login,
            agent,
            Addresses.in(ws, "agent").value(),
            org.id().toString(),
            ws.id().toString());
    c.write(data);
    return Optional.of(c);
  }

  private static String key(
      Directory d,
      Directory.Workspace ws,
      Optional<PersonId> person,
      String name,
      String slug,
      Instant now) {
    String id = Secrets.id("sa_");
    d.add(
        new Directory.Account(
            id,
            ws.id(),
            person,
            name,
            Addresses.in(ws, slug),
            Optional.empty(),
            Optional.empty(),
            "stream",
            Optional.empty(),
            "active",
            "server",
            now,
            now));
    String secret = "axme_" + id + "_" + Secrets.secret();
    d.add(
        new Directory.Key(
            Secrets.id("sak_"),
            id,
            Secrets.hash(secret),
            secret.substring(secret.length() - 4),
            person.isPresent(),
            now,
            Optional.empty(),
            Optional.empty()));
    return secret;
  }

  String signInToken() {
    String token = Secrets.secret();
    Directory d = store.directory();
    var ws = d.workspaces().getFirst();
    d.addSignInLink(
        Secrets.hash(token),
        d.people(ws.id()).getFirst().id(),
        store.now().plus(Duration.ofMinutes(15)));
    return token;
  }
}
