package dev.axme.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps other sites' pages away from a server on localhost: the {@code Host} must be one of ours
 * (against DNS rebinding), and a write that names an {@code Origin} must come from one of ours.
 */
public final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts = new TreeSet<>(LOOPBACK);
  private final boolean anyHost;

  /**
   * A guard for a server that listens on {@code bindHost} and is known as {@code publicUrl}. Bound
   * to more than loopback, it cannot know its names: any host is accepted then.
   */
  public Guard(String bindHost, Optional<String> publicUrl) {
    this.anyHost = !loopback(bindHost);
    publicUrl
        .map(URI::create)
        .map(URI::getHost)
        .ifPresent(h -> hosts.add(h.toLowerCase(Locale.ROOT)));
  }

  /** Whether only this machine reaches a server that listens there. */
  public static boolean loopback(String bindHost) {
    return LOOPBACK.contains(bindHost) || bindHost.equals("::1");
  }

  /** Throws the problem that speaks against this request. */
  void check(Call call) {
    String host = name(call.header("host").orElse("localhost"));
    if (!anyHost && !hosts.contains(host)) {
      throw new Problem(
          421,
          "unknown_host",
          "This server does not answer for the host "
              + host
              + ". Use its own address, or start it with --public-url.");
    }
    Optional<String> origin = call.header("origin").filter(o -> !unnamed(o, call));
    if (origin.isPresent() && !call.method().equals("GET") && !call.method().equals("HEAD")) {
      String from = origin(origin.get());
      if (!from.equals(host) && !hosts.contains(from)) {
        throw new Problem(
            403, "forbidden", "A page of " + origin.get() + " may not write to this server.");
      }
    }
  }

  /**
   * A page that tells nobody where it is makes a browser send its form without an origin. Those of
   * links do, and need none: only who has the link knows where to post.
   */
  private static boolean unnamed(String origin, Call call) {
    return origin.equals("null") && call.path().startsWith("/t/");
  }

  private static String origin(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? origin : name(origin.substring(scheme + 3));
  }

  private static String name(String hostAndPort) {
    String host = hostAndPort.toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(0, end + 1);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
