package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.Credentials;
import dev.axme.server.Server;
import dev.axme.server.Settings;
import dev.axme.server.TaskLinks;
import dev.axme.server.http.Json;
import dev.axme.server.identity.Secrets;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A real server on a directory of its own, with people in two workspaces and an agent. */
final class House implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path data;
  private final Server server;
  private final Credentials credentials;

  private House(Path data, Server server) {
    this.data = data;
    this.server = server;
    this.credentials = server.credentials().orElseThrow();
  }

  static House open(Path data) {
    start(data).close();
    return new House(data, start(data));
  }

  private static Server start(Path data) {
    return Server.start(
        Settings.parse(List.of("--data", data.toString(), "--port", "0"), Map.of()));
  }

  Path database() {
    return data.resolve("axme.db");
  }

  /** Somebody of the first workspace who decides only what is given to them. */
  static String member(Path data, String email) {
    return inStore(data, d -> link(d, person(d, d.workspaces().getFirst(), email, "member")));
  }

  /** The owner of another workspace. */
  static String stranger(Path data, String email) {
    return inStore(
        data,
        d -> {
          var organization = new Directory.Organization(UUID.randomUUID(), "other", "Other");
          var workspace =
              new Directory.Workspace(
                  new WorkspaceId(UUID.randomUUID()), organization, "main", "Main", "production");
          d.add(organization, workspace);
          return link(d, person(d, workspace, email, "org_owner"));
        });
  }

  private interface Ask {
    String of(Directory directory);
  }

  private static String inStore(Path data, Ask ask) {
    start(data).close();
    try (Store store = SqliteStore.open(data.resolve("axme.db"), InstantSource.system())) {
      return ask.of(store.directory());
    }
  }

  private static PersonId person(
      Directory directory, Directory.Workspace workspace, String email, String role) {
    PersonId id = new PersonId(UUID.randomUUID());
    String name = email.substring(0, email.indexOf('@'));
    directory.add(
        new Directory.PersonRow(id, workspace.id(), email, name, List.of(role), Instant.now()));
    return id;
  }

  private static String link(Directory directory, PersonId person) {
    String token = Secrets.secret();
    directory.addSignInLink(
        Secrets.hash(token), person, Instant.now().plus(Duration.ofMinutes(15)));
    return "/sign-in/" + token;
  }

  /** The path of the link with which {@code address} answers what the request asks now. */
  String link(String id, String address) {
    return link(id, address, 0);
  }

  String link(String id, String address, int generation) {
    return new TaskLinks(data).path(credentials.workspaceId(), id, address, generation);
  }

  /** Runs a statement on the server's own file; the first column of its first row. */
  String database(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      return statement.getResultSet().getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The address of a path. */
  String url(String path) {
    return server.baseUrl() + path;
  }

  /** A fresh link for the owner. */
  String ownersLink() {
    return URI.create(server.signInUrl()).getPath();
  }

  Browser browser() {
    return new Browser(server.baseUrl());
  }

  Browser owner() {
    return browser().signIn(ownersLink());
  }

  /** An agent asks; the id of the request. */
  String ask(String body) {
    return call("POST", "/v1/intents", credentials.agentApiKey(), body)
        .path("intent_id")
        .textValue();
  }

  String askToDeploy() {
    return ask(
        """
        {"intent_type": "human_approval", "to_agent": "agent://approver",
         "payload": {"task": "Deploy model v2.3 to production", "risk_level": "high"}}
        """);
  }

  /** An agent asks somebody who is told by mail. */
  String askByMail(String address) {
    return ask(
        """
        {"intent_type": "human_approval", "to_agent": "agent://approver",
         "payload": {"task": "Deploy model v2.3 to production", "risk_level": "high"},
         "human_task": {"title": "Deploy model v2.3 to production", "assignees": ["%s"]}}
        """
            .formatted(address));
  }

  /** Every link in the mail to {@code address}, once it has left. */
  Set<String> linksOfMail(String address) {
    return new MailBox(data.resolve("mail")).linksTo(address);
  }

  JsonNode agent(String method, String path, String body) {
    return call(method, path, credentials.agentApiKey(), body);
  }

  JsonNode person(String method, String path, String body) {
    return call(method, path, credentials.apiKey(), body);
  }

  JsonNode intent(String id) {
    return agent("GET", "/v1/intents/" + id, "").path("intent");
  }

  int events(String id) {
    return agent("GET", "/v1/intents/" + id + "/events", "").path("events").size();
  }

  String agentAddress() {
    return credentials.agentAddress();
  }

  /** Waits until an event of the request tells of a step that ended so. */
  void awaitEvent(String id, String stepStatus) {
    HttpRequest request =
        request("/v1/intents/" + id + "/events/stream", credentials.agentApiKey()).GET().build();
    try (var lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
      assertThat(lines.anyMatch(l -> l.contains("\"step_status\":\"" + stepStatus + "\"")))
          .isTrue();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the request has ended, by listening to its stream. */
  void awaitEnd(String id) {
    HttpRequest request =
        request("/v1/intents/" + id + "/events/stream", credentials.agentApiKey()).GET().build();
    try (var lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
      assertThat(lines.anyMatch(l -> l.matches(".*\"(COMPLETED|FAILED|CANCELED|TIMED_OUT)\".*")))
          .isTrue();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode call(String method, String path, String key, String body) {
    try {
      var response =
          HTTP.send(
              request(path, key).method(method, BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(method + " " + path + ": " + response.body());
      }
      ObjectNode json = Json.readObject(response.body().getBytes(StandardCharsets.UTF_8));
      return json;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
        .header("x-api-key", key)
        .header("content-type", "application/json");
  }

  @Override
  public void close() {
    server.close();
  }
}
