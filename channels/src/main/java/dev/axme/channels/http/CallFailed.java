package dev.axme.channels.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A call has no answer. */
final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome.Cause reason;

  CallFailed(Outcome.Cause reason, String sentence) {
    super(sentence, null, false, false);
    this.reason = reason;
  }

  /** In the words of people what a library threw. */
  static CallFailed of(Throwable thrown) {
    List<Throwable> chain =
        Stream.<Throwable>iterate(thrown, t -> t != null, Throwable::getCause).limit(10).toList();
    Optional<CertificateException> certificate = first(chain, CertificateException.class);
    if (certificate.isPresent()) {
      return new CallFailed(
          Outcome.Cause.CERTIFICATE, "Its certificate fails: " + words(certificate.get()));
    }
    Optional<SSLException> tls = first(chain, SSLException.class);
    if (tls.isPresent()) {
      return new CallFailed(Outcome.Cause.CERTIFICATE, "TLS fails: " + words(tls.get()));
    }
    if (first(chain, HttpClosedException.class).isPresent()) {
      return new CallFailed(
          Outcome.Cause.UNREACHABLE, "It closed the connection without an answer.");
    }
    Optional<IOException> broken = first(chain, IOException.class);
    if (broken.isPresent()) {
      return new CallFailed(Outcome.Cause.UNREACHABLE, words(broken.get()));
    }
    return new CallFailed(Outcome.Cause.NOT_HTTP, "What it said is not HTTP: " + words(thrown));
  }

  private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** One short line: part of it may come from the other side. */
  private static String words(Throwable thrown) {
    String words = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return Printable.line(words, 200);
  }

  Outcome.Cause reason() {
    return reason;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
