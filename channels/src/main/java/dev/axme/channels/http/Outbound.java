package dev.axme.channels.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls URLs that others chose. A name is looked up once, all its addresses are checked, and the
 * connection goes to an address that was checked, while the name stays what the certificate and the
 * {@code Host} header are about. Redirects are not followed. A call ends within its time, whatever
 * the other side does, and holds little of what it says.
 *
 * <p>{@link #post} blocks: call it on a virtual thread. Safe for any thread.
 */
public final class Outbound implements AutoCloseable {
  /** How long a call may take in all: lookup, connection, sending and answer. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int LONGEST_HEAD = 16 * 1024;

  private final CallRule rule;
  private final Names names;
  private final Duration limit;
  private final Vertx vertx;
  private final HttpClientAgent client;
  private final ClientSSLOptions tls;

  public Outbound(CallRule rule) {
    this(rule, InetAddress::getAllByName, LIMIT, Optional.empty());
  }

  /** For tests: other answers to lookups, less patience, other authorities. */
  Outbound(CallRule rule, Names.Source names, Duration limit, Optional<TrustOptions> trust) {
    this.rule = rule;
    this.names = new Names(names);
    this.limit = limit;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxRedirects(0)
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxHeaderSize(LONGEST_HEAD));
    this.tls =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setSslHandshakeTimeout(limit.toSeconds());
    trust.ifPresent(tls::setTrustOptions);
  }

  /** The rule by which this calls. */
  public CallRule rule() {
    return rule;
  }

  /** Posts, and waits for the answer or for the reason why there is none. Never throws for it. */
  public Outcome post(Post post) {
    Deadline deadline = Deadline.in(limit);
    return switch (Target.parse(post.url())) {
      case Target.Bad bad ->
          new Outcome.Failed(
              Outcome.Cause.REFUSED, deadline.spent(), "The callback address " + bad.why());
      case Target.Good(Target target) -> post(post, target, deadline);
    };
  }

  private Outcome post(Post post, Target target, Deadline deadline) {
    try {
      List<InetAddress> addresses = addresses(target, deadline);
      Optional<String> refusal = rule.refusal(addresses);
      if (refusal.isPresent()) {
        return new Outcome.Failed(
            Outcome.Cause.REFUSED, deadline.spent(), target.host() + " leads to " + refusal.get());
      }
      return new Exchange(connect(target, addresses, deadline)).run(post, target, deadline);
    } catch (CallFailed e) {
      return new Outcome.Failed(e.reason(), deadline.spent(), e.sentence());
    }
  }

  private List<InetAddress> addresses(Target target, Deadline deadline) {
    if (target.literal().isPresent()) {
      return List.of(target.literal().get());
    }
    List<InetAddress> found =
        deadline.await(names.find(target.host()), "Nobody could say in time where it is", f -> {});
    if (found.isEmpty()) {
      throw new CallFailed(
          Outcome.Cause.UNREACHABLE, "There is no host " + target.host() + ", says the DNS.");
    }
    return found;
  }

  /** Tries one address after the other, as a browser would. */
  private HttpClientConnection connect(
      Target target, List<InetAddress> addresses, Deadline deadline) {
    CallFailed last = new CallFailed(Outcome.Cause.UNREACHABLE, "It has no address.");
    for (InetAddress address : addresses) {
      try {
        return connect(target, address, deadline);
      } catch (CallFailed e) {
        last = e;
        if (e.reason() != Outcome.Cause.UNREACHABLE) {
          break;
        }
      }
    }
    throw last;
  }

  private HttpClientConnection connect(Target target, InetAddress address, Deadline deadline) {
    HttpConnectOptions options =
        new HttpConnectOptions()
            .setServer(
                SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setConnectTimeout(deadline.left().toMillis());
    if (target.tls()) {
      options.setSslOptions(tls);
    }
    return deadline.await(
        client.connect(options).toCompletionStage().toCompletableFuture(),
        "It could not be connected to in time",
        HttpClientConnection::close);
  }

  @Override
  public void close() {
    names.close();
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
