package dev.axme.cli;

import dev.axme.sdk.Json;
import dev.axme.sdk.NewAgentKey;
import dev.axme.sdk.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the agents that scenarios brought into being: {@code scenario-agents.json} in the
 * user's configuration directory, which other AXME clients read and write as well. One entry for an
 * address on a server; what we do not know in the file stays as it is.
 */
final class ScenarioKeys {
  private final Path file;
  private final Map<String, @Nullable Object> content;
  private final List<@Nullable Object> agents;

  private ScenarioKeys(Path file, Map<String, @Nullable Object> content) {
    this.file = file;
    this.content = new LinkedHashMap<>(content);
    this.agents =
        content.get("agents") instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
  }

  static ScenarioKeys load(Shell shell) {
    Path file = configDirectory(shell).resolve("axme").resolve("scenario-agents.json");
    try {
      return new ScenarioKeys(
          file, Files.exists(file) ? Json.parseObject(Files.readString(file)) : Map.of());
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.error(
          "Cannot read " + file + ": " + e.getMessage() + ". Correct it, or move it away.");
    }
  }

  /** Where this system keeps what programs remember for a user. */
  private static Path configDirectory(Shell shell) {
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return shell.home().resolve("Library").resolve("Application Support");
    }
    return shell
        .variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> shell.home().resolve(".config"));
  }

  Path file() {
    return file;
  }

  /** One agent's key. */
  record Entry(String address, String accountId, String keyId, String apiKey, String baseUrl) {
    static Entry of(JsonView json) {
      return new Entry(
          json.text("address").orElse(""),
          json.text("service_account_id").orElse(""),
          json.text("key_id").orElse(""),
          json.text("api_key").orElse(""),
          json.text("base_url").orElse(""));
    }

    /** An entry without a server may be of any. */
    boolean servesAt(String url) {
      return !apiKey.isEmpty() && (baseUrl.isEmpty() || Connection.sameServer(baseUrl, url));
    }
  }

  List<Entry> entries(String baseUrl) {
    return agents.stream()
        .map(JsonView::of)
        .map(Entry::of)
        .filter(e -> e.servesAt(baseUrl))
        .toList();
  }

  /** The key of that account on that server. */
  Optional<Entry> find(ServiceAccount account, String baseUrl) {
    return entries(baseUrl).stream().filter(e -> e.accountId().equals(account.id())).findFirst();
  }

  /** Keeps a key, in the place of an older one of the same address on the same server. */
  void put(ServiceAccount account, NewAgentKey key, String baseUrl) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("address", account.address());
    entry.put("service_account_id", account.id());
    entry.put("key_id", key.key().id());
    entry.put("api_key", key.secret());
    entry.put(
        "created_at",
        key.key().createdAt().orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS).toString());
    entry.put("base_url", baseUrl);
    for (int i = 0; i < agents.size(); i++) {
      JsonView old = JsonView.of(agents.get(i));
      boolean same =
          old.text("address").equals(Optional.of(account.address()))
              && Connection.sameServer(old.text("base_url").orElse(""), baseUrl);
      if (same) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(old.fields());
        kept.putAll(entry);
        agents.set(i, kept);
        return;
      }
    }
    agents.add(entry);
  }

  void save() {
    content.put("agents", agents);
    try {
      PrivateFile.write(file, Json.indent(content) + "\n");
    } catch (IOException e) {
      throw CliException.error("Cannot write " + file + ": " + e.getMessage());
    }
  }
}
