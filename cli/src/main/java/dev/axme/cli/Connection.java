package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which server, and with which key. A flag wins over the context, the context over the environment;
 * the environment's address counts only where the context has none of its own. A key goes to the
 * server that it was issued by and no other.
 *
 * @param context the context in use
 * @param ignoredBaseUrl an address from the environment that the context's own one won over
 * @param keys what to try, best first; for {@link #forPeople} the ones that are likely to decide
 *     come first
 */
record Connection(
    String context,
    String baseUrl,
    List<Key> keys,
    Optional<String> actorToken,
    Optional<String> ownerAgent,
    Optional<String> ignoredBaseUrl) {

  /** What other AXME clients write while nobody has named a server. */
  private static final Set<String> PLACEHOLDERS = Set.of("", "http://127.0.0.1:8100");

  /** A key and where it was found, in words. */
  record Key(String secret, String source) {}

  /** The connection for what an agent may do as well. */
  static Connection of(Root flags, Contexts contexts, Shell shell) {
    return new Resolver(flags, contexts, shell).resolve(false);
  }

  /**
   * The connection for what only a person may do: every stored key comes before the environment's.
   */
  static Connection forPeople(Root flags, Contexts contexts, Shell shell) {
    return new Resolver(flags, contexts, shell).resolve(true);
  }

  private record Resolver(Root flags, Contexts contexts, Shell shell) {
    Connection resolve(boolean people) {
      String name = contextName();
      Contexts.Context context = contexts.find(name).orElseGet(() -> Contexts.Context.named(name));
      Optional<String> fromEnvironment =
          first("AXME_PORTAL_BASE_URL", "AXME_GATEWAY_BASE_URL", "AXME_BASE_URL");
      String own = strip(context.baseUrl().orElse(""));
      boolean named = !PLACEHOLDERS.contains(own);
      boolean settled =
          named && (!own.equals(AxmeClient.DEFAULT_BASE_URL) || contexts.hasSecret(name));
      String baseUrl =
          strip(
              Optional.ofNullable(flags.baseUrl)
                  .or(() -> settled ? Optional.of(own) : Optional.empty())
                  .or(() -> fromEnvironment)
                  .orElse(AxmeClient.DEFAULT_BASE_URL));
      Optional<String> ignored =
          fromEnvironment.filter(url -> flags.baseUrl == null && !sameServer(url, baseUrl));
      return new Connection(
          name,
          baseUrl,
          keys(name, baseUrl, people, ignored.isEmpty()),
          token(name, own, baseUrl, ignored.isEmpty()),
          Optional.ofNullable(flags.ownerAgent)
              .or(() -> context.text("owner_agent"))
              .or(() -> shell.variable("AXME_OWNER_AGENT")),
          ignored);
    }

    private String contextName() {
      if (flags.contextName == null) {
        return contexts.active();
      }
      if (contexts.find(flags.contextName).isEmpty()) {
        throw CliException.usage(
            "There is no context "
                + flags.contextName
                + ". Known: "
                + String.join(", ", contexts.all().keySet())
                + ".");
      }
      return flags.contextName;
    }

    private List<Key> keys(String name, String baseUrl, boolean people, boolean environmentCounts) {
      if (flags.apiKey != null) {
        return List.of(new Key(flags.apiKey, "--api-key"));
      }
      Map<String, Key> keys = new LinkedHashMap<>();
      stored(name, baseUrl).ifPresent(key -> keys.putIfAbsent(key.secret(), key));
      List<Key> later = new ArrayList<>();
      for (String other : contexts.all().keySet()) {
        stored(other, baseUrl).ifPresent(later::add);
      }
      Optional<Key> fromEnvironment =
          first("AXME_GATEWAY_API_KEY", "AXME_API_KEY")
              .filter(secret -> environmentCounts)
              .map(secret -> new Key(secret, "the environment"));
      fromEnvironment.ifPresent(key -> later.add(people ? later.size() : 0, key));
      later.forEach(key -> keys.putIfAbsent(key.secret(), key));
      return List.copyOf(keys.values());
    }

    private Optional<Key> stored(String name, String baseUrl) {
      boolean itsOwn =
          contexts
              .find(name)
              .map(context -> strip(context.baseUrl().orElse("")))
              .filter(url -> issuedBy(url, baseUrl))
              .isPresent();
      return itsOwn
          ? contexts.apiKey(name).map(secret -> new Key(secret, "context " + name))
          : Optional.empty();
    }

    /** Whether a secret that is stored beside {@code url} may go to that server. */
    private boolean issuedBy(String url, String baseUrl) {
      return sameServer(url, baseUrl) || (PLACEHOLDERS.contains(url) && flags.baseUrl == null);
    }

    private Optional<String> token(
        String name, String own, String baseUrl, boolean environmentCounts) {
      return Optional.ofNullable(flags.actorToken)
          .or(() -> contexts.actorToken(name).filter(token -> issuedBy(own, baseUrl)))
          .or(
              () ->
                  first("AXME_ACTOR_TOKEN", "AXME_PORTAL_SCOPED_BEARER_TOKEN")
                      .filter(token -> environmentCounts));
    }

    private Optional<String> first(String... names) {
      for (String name : names) {
        Optional<String> value = shell.variable(name);
        if (value.isPresent()) {
          return value;
        }
      }
      return Optional.empty();
    }
  }

  static boolean sameServer(String one, String other) {
    return normal(one).equals(normal(other));
  }

  private static String normal(String url) {
    return strip(url).replace("//localhost", "//127.0.0.1").replace("//[::1]", "//127.0.0.1");
  }

  private static String strip(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
