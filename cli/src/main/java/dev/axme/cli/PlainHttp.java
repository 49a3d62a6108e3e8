package dev.axme.cli;

import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * An HTTP client for {@code http:} addresses alone. The JDK's own loads keys, certificates and
 * ciphers before its first request, which takes longer than everything else that a command does.
 */
final class PlainHttp {
  private PlainHttp() {}

  static HttpClient client(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .sslContext(new NoTls())
        .build();
  }

  /** A context that offers nothing, so that nothing of it is loaded. */
  private static final class NoTls extends SSLContext {
    NoTls() {
      super(new Nothing(), null, "none");
    }
  }

  private static final class Nothing extends SSLContextSpi {
    private static UnsupportedOperationException plainOnly() {
      return new UnsupportedOperationException("Expected an http address");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw plainOnly();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw plainOnly();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return new SSLParameters(new String[0], new String[] {"TLSv1.3"});
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return engineGetDefaultSSLParameters();
    }
  }
}
