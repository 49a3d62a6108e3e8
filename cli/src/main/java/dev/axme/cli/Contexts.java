package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers that this user knows, by name, and the secret for each: {@code
 * ~/.config/axme/config.json} and {@code secrets.json}. The files are shared with other AXME
 * clients: what we do not know in them stays as it is.
 */
final class Contexts {
  static final String DEFAULT = "default";

  private static final List<String> SECRETS = List.of("api_key", "actor_token", "refresh_token");
  private static final String SECRET_STORAGE = "AXME_CLI_SECRET_STORAGE";

  private final Path directory;
  private final SequencedMap<String, @Nullable Object> config;
  private final SequencedMap<String, @Nullable Object> secrets;

  private Contexts(
      Path directory,
      SequencedMap<String, @Nullable Object> config,
      SequencedMap<String, @Nullable Object> secrets) {
    this.directory = directory;
    this.config = config;
    this.secrets = secrets;
  }

  /** Reads both files, and writes the first one when there is none yet. */
  static Contexts load(Shell shell) {
    String storage = shell.variable(SECRET_STORAGE).orElse("file");
    if (!storage.equals("file")) {
      throw CliException.usage(
          SECRET_STORAGE + "=" + storage + " is not supported. Set it to file, or leave it out.");
    }
    Path directory = shell.home().resolve(".config").resolve("axme");
    boolean first = !Files.exists(directory.resolve("config.json"));
    Contexts contexts =
        new Contexts(
            directory,
            read(directory.resolve("config.json")),
            read(directory.resolve("secrets.json")));
    if (first) {
      contexts.begin();
    }
    return contexts;
  }

  Path directory() {
    return directory;
  }

  String active() {
    return config.get("active_context") instanceof String name ? name : DEFAULT;
  }

  SequencedMap<String, Context> all() {
    SequencedMap<String, Context> all = new LinkedHashMap<>();
    object(config.get("contexts"))
        .forEach((name, value) -> all.put(name, new Context(name, object(value))));
    return all;
  }

  Optional<Context> find(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** The key of that context; a key that an old version left in config.json counts. */
  Optional<String> apiKey(String name) {
    return secret(name, "api_key");
  }

  Optional<String> actorToken(String name) {
    return secret(name, "actor_token");
  }

  boolean hasSecret(String name) {
    return apiKey(name).isPresent() || actorToken(name).isPresent();
  }

  void put(Context context) {
    SequencedMap<String, @Nullable Object> contexts = object(config.get("contexts"));
    contexts.put(context.name(), context.fields());
    config.put("contexts", contexts);
  }

  void use(String name) {
    config.put("active_context", name);
  }

  void putApiKey(String name, String key) {
    putSecret(name, "api_key", key);
  }

  void putActorToken(String name, String token) {
    putSecret(name, "actor_token", token);
  }

  private void putSecret(String name, String kind, String secret) {
    SequencedMap<String, @Nullable Object> entry = object(secrets.get(name));
    entry.put(kind, secret);
    secrets.put(name, entry);
  }

  /** Forgets every secret of that context; false when there was none. */
  boolean forget(String name) {
    moveOldSecrets();
    boolean had = SECRETS.stream().anyMatch(kind -> secret(name, kind).isPresent());
    secrets.remove(name);
    return had;
  }

  /** Writes both files. */
  void save() {
    try {
      moveOldSecrets();
      PrivateFile.write(directory.resolve("config.json"), Json.indent(config) + "\n");
      Path file = directory.resolve("secrets.json");
      if (!secrets.isEmpty() || Files.exists(file)) {
        PrivateFile.write(file, Json.indent(secrets) + "\n");
      }
    } catch (IOException e) {
      throw CliException.error("Cannot write to " + directory + ": " + e.getMessage());
    }
  }

  private void begin() {
    config.put("active_context", DEFAULT);
    put(
        Context.named(DEFAULT)
            .with("base_url", AxmeClient.DEFAULT_BASE_URL)
            .with("environment", "staging"));
    try {
      save();
    } catch (CliException homeIsReadOnly) {
      return;
    }
  }

  private Optional<String> secret(String name, String kind) {
    return text(object(secrets.get(name)).get(kind))
        .or(() -> find(name).flatMap(context -> context.text(kind)));
  }

  private void moveOldSecrets() {
    for (Context context : all().values()) {
      SequencedMap<String, @Nullable Object> clean = new LinkedHashMap<>(context.fields());
      for (String kind : SECRETS) {
        Optional<String> old = text(clean.remove(kind));
        SequencedMap<String, @Nullable Object> entry = object(secrets.get(context.name()));
        if (old.isPresent() && entry.putIfAbsent(kind, old.get()) == null) {
          secrets.put(context.name(), entry);
        }
      }
      put(new Context(context.name(), clean));
    }
  }

  private static SequencedMap<String, @Nullable Object> read(Path file) {
    try {
      return Files.exists(file)
          ? new LinkedHashMap<>(Json.parseObject(Files.readString(file)))
          : new LinkedHashMap<>();
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.error(
          "Cannot read " + file + ": " + e.getMessage() + ". Correct it, or move it away.");
    }
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  /** A copy that may be changed. */
  private static SequencedMap<String, @Nullable Object> object(@Nullable Object value) {
    SequencedMap<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> copy.put(String.valueOf(name), field));
    }
    return copy;
  }

  /** One server, by the name that the user gave it. */
  record Context(String name, SequencedMap<String, @Nullable Object> fields) {
    static Context named(String name) {
      return new Context(name, new LinkedHashMap<>());
    }

    Optional<String> text(String field) {
      return Contexts.text(fields.get(field));
    }

    Optional<String> baseUrl() {
      return text("base_url");
    }

    Context with(String field, String value) {
      SequencedMap<String, @Nullable Object> more = new LinkedHashMap<>(fields);
      more.put(field, value);
      return new Context(name, more);
    }

    Context with(String field, Optional<String> value) {
      return value.map(text -> with(field, text)).orElse(this);
    }
  }
}
