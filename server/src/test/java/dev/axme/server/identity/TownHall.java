package dev.axme.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A town with the routes about who is who, called by key. */
final class TownHall implements AutoCloseable {
  static final String BASE = "http://127.0.0.1:8420";

  final Town town;
  private final Desk desk;

  TownHall(Path folder) {
    this(folder, false);
  }

  TownHall(Path folder, boolean allowBootstrap) {
    town = new Town(folder);
    desk =
        new Desk(
            new IdentityRoutes(
                    town.directory,
                    town.callers,
                    new Callbacks(false),
                    town::now,
                    () -> BASE,
                    allowBootstrap)
                .routes());
  }

  String ownerKey() {
    return town.owner.loginKey();
  }

  String agentKey() {
    return town.owner.agentKey();
  }

  Desk.Answered send(String key, String line, String body, Map<String, String> headers) {
    Optional<Caller> caller = Optional.of(town.callers.byKey(key).orElseThrow());
    return desk.send(caller, line, body, headers);
  }

  Desk.Answered send(String key, String line, String body) {
    return send(key, line, body, Map.of());
  }

  /** What nobody in particular sends. */
  Desk.Answered send(String line, String body) {
    return send(line, body, Map.of());
  }

  Desk.Answered send(String line, String body, Map<String, String> headers) {
    return desk.send(Optional.empty(), line, body, headers);
  }

  /** The owner's call, a second later; it must succeed. */
  JsonNode ok(String line, String body) {
    town.later(Duration.ofSeconds(1));
    Desk.Answered answered = send(ownerKey(), line, body);
    if (answered.status() != 200) {
      throw new AssertionError(line + " was answered by " + answered);
    }
    return answered.body();
  }

  JsonNode ok(String line) {
    return ok(line, "");
  }

  /** Somebody new; answers their login key. */
  String person(String email, String role) {
    return ok("POST /v1/people", "{\"email\":\"" + email + "\",\"role\":\"" + role + "\"}")
        .get("login_key")
        .textValue();
  }

  @Override
  public void close() {
    town.close();
  }
}
