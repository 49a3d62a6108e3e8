package dev.axme.server;

import dev.axme.server.http.Guard;
import dev.axme.server.mail.MailRoad;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of one server: flags first, then the environment, then the defaults. */
public record Settings(
    String host,
    int port,
    Path data,
    Optional<String> postgres,
    Optional<String> publicUrl,
    int maxPayload,
    MailRoad mail,
    boolean allowBootstrap,
    boolean privateCallbacks,
    Optional<Listening> metrics,
    Map<String, String> telemetry,
    boolean jsonLog,
    boolean json,
    boolean noContext,
    List<String> warnings) {
  /** Variables of the clients and the launcher, which are none of the server's business. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "AXME_API_KEY",
          "AXME_BASE_URL",
          "AXME_GATEWAY_API_KEY",
          "AXME_GATEWAY_BASE_URL",
          "AXME_PORTAL_BASE_URL",
          "AXME_ACTOR_TOKEN",
          "AXME_PORTAL_SCOPED_BEARER_TOKEN",
          "AXME_ORG_ID",
          "AXME_WORKSPACE_ID",
          "AXME_OWNER_AGENT",
          "AXME_ENVIRONMENT",
          "AXME_CLI_SECRET_STORAGE",
          "AXME_NO_UPDATE_CHECK",
          "AXME_MESH_DASHBOARD_URL",
          "AXME_WEBHOOK_SECRET",
          "AXME_INSTALL_JDK",
          "AXME_JAVA_OPTS",
          "AXME_LAUNCHER",
          "AXME_ADOPTIUM_API",
          "AXME_JDK_PATH",
          "AXME_JDK_SEARCH",
          "AXME_CI_NO_SKIP");

  /** An address to listen on. */
  public record Listening(String host, int port) {}

  /** What was typed cannot be meant; the message says what would be. */
  public static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * Reads flags ({@code --name value} or {@code --name=value}) and variables.
   *
   * @throws UsageException for an unknown flag or a value that does not fit
   */
  public static Settings parse(List<String> args, Map<String, String> env) {
    Map<Setting, String> given = flags(args);
    List<String> warnings = unknownVariables(env);
    Reader reader = new Reader(given, env);
    String store = reader.text(Setting.STORE);
    if (!store.equals("sqlite")
        && !store.startsWith("postgres://")
        && !store.startsWith("postgresql://")
        && !store.startsWith("jdbc:postgresql:")) {
      throw new UsageException(
          "--store must be sqlite or postgres://user:password@host:port/database.");
    }
    String log = reader.text(Setting.LOG);
    if (!log.equals("text") && !log.equals("json")) {
      throw new UsageException("--log must be text or json, not " + log + ".");
    }
    return new Settings(
        reader.text(Setting.HOST),
        reader.number(Setting.PORT, 0, 65_535),
        path(reader.text(Setting.DATA), env),
        store.equals("sqlite") ? Optional.empty() : Optional.of(store),
        publicUrl(reader.text(Setting.PUBLIC_URL)),
        reader.number(Setting.MAX_PAYLOAD, 1_024, 64 << 20),
        new MailSettings(reader::text, text -> path(text, env)).read(),
        reader.flag(Setting.ALLOW_BOOTSTRAP),
        privateCallbacks(reader),
        metrics(reader),
        telemetry(env),
        log.equals("json"),
        reader.flag(Setting.JSON),
        reader.flag(Setting.NO_CONTEXT),
        warnings);
  }

  private static boolean privateCallbacks(Reader reader) {
    return reader.text(Setting.ALLOW_PRIVATE_CALLBACKS).equals("loopback")
        ? Guard.loopback(reader.text(Setting.HOST))
        : reader.flag(Setting.ALLOW_PRIVATE_CALLBACKS);
  }

  /** OpenTelemetry's own variables, which it reads itself. */
  private static Map<String, String> telemetry(Map<String, String> env) {
    return env.entrySet().stream()
        .filter(e -> e.getKey().startsWith("OTEL_") && !e.getValue().isEmpty())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<Listening> metrics(Reader reader) {
    return reader.text(Setting.METRICS_PORT).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Listening(
                reader.text(Setting.METRICS_HOST), reader.number(Setting.METRICS_PORT, 0, 65_535)));
  }

  /** Whether nobody but this machine's own users reaches the server, also not through a proxy. */
  public boolean local() {
    return Guard.loopback(host) && publicUrl.isEmpty();
  }

  private static Map<Setting, String> flags(List<String> args) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      Setting setting = named(name);
      if (equals >= 0) {
        given.put(setting, arg.substring(equals + 1));
      } else if (setting.isSwitch()) {
        given.put(setting, "true");
      } else if (i + 1 < args.size()) {
        given.put(setting, args.get(++i));
      } else {
        throw new UsageException(name + " needs a value.");
      }
    }
    return given;
  }

  private static Setting named(String flag) {
    for (Setting setting : Setting.values()) {
      if (setting.flag().equals(flag)) {
        return setting;
      }
    }
    throw new UsageException(
        "There is no flag " + flag + ". Did you mean " + nearest(flag, Setting.flags()) + "?");
  }

  private static List<String> unknownVariables(Map<String, String> env) {
    List<String> known = new ArrayList<>(NOT_OURS);
    for (Setting setting : Setting.values()) {
      known.add(setting.variable());
      known.add(setting.variable() + "_FILE");
    }
    List<String> warnings = new ArrayList<>();
    env.keySet().stream()
        .filter(name -> name.startsWith("AXME_") && !known.contains(name))
        .sorted()
        .forEach(
            name ->
                warnings.add(name + " is no setting; did you mean " + nearest(name, known) + "?"));
    return warnings;
  }

  private static Path path(String text, Map<String, String> env) {
    String home = env.getOrDefault("HOME", System.getProperty("user.home"));
    String expanded = text.startsWith("~/") ? home + text.substring(1) : text;
    return Path.of(expanded).toAbsolutePath().normalize();
  }

  private static Optional<String> publicUrl(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same answer as an address without a host.
    }
    throw new UsageException("--public-url must be an address such as https://axme.example.com.");
  }

  static String nearest(String word, List<String> known) {
    return known.stream().min(Comparator.comparingInt(k -> distance(word, k))).orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  static int number(Setting setting, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same answer as a number out of range.
    }
    throw new UsageException(
        "%s must be a whole number from %d to %d, not %s."
            .formatted(setting.flag(), least, most, text));
  }

  private record Reader(Map<Setting, String> flags, Map<String, String> env) {
    String text(Setting setting) {
      String flag = flags.get(setting);
      if (flag != null) {
        return flag;
      }
      String file = env.get(setting.variable() + "_FILE");
      if (file != null) {
        return contents(setting, file);
      }
      String variable = env.get(setting.variable());
      if (variable == null && setting == Setting.PORT) {
        variable = env.get("PORT");
      }
      return variable == null ? setting.fallback() : variable;
    }

    private static String contents(Setting setting, String file) {
      try {
        return Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new UsageException(setting.variable() + "_FILE: cannot read " + file + ".");
      }
    }

    int number(Setting setting, int least, int most) {
      return Settings.number(setting, text(setting), least, most);
    }

    boolean flag(Setting setting) {
      String text = text(setting);
      return switch (text) {
        case "true", "1", "yes" -> true;
        case "false", "0", "no", "" -> false;
        default ->
            throw new UsageException(setting.flag() + " must be true or false, not " + text + ".");
      };
    }
  }
}
