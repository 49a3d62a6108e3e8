package dev.axme.channels.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  private Path store;

  @BeforeEach
  void makeCertificate() throws IOException, InterruptedException {
    store = folder.resolve("hook.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command =
        (keytool
                + " -genkeypair -alias hook -keyalg EC -dname CN=hook.example -validity 2"
                + " -ext san=dns:hook.example -storetype PKCS12 -storepass changeit -keystore "
                + store)
            .split(" ");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private Endpoint endpoint() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return Endpoint.saying(OK, context.getServerSocketFactory());
  }

  private Outcome call(String url, boolean trusted) {
    PfxOptions trust = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
    try (Outbound outbound =
        new Outbound(
            new CallRule(true),
            name -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
            Duration.ofSeconds(5),
            trusted ? Optional.of(trust) : Optional.empty())) {
      return outbound.post(new Post(url, new LinkedHashMap<>(), "{}"));
    }
  }

  private static void fails(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    Outcome.Failed failed = (Outcome.Failed) outcome;
    assertThat(failed.cause()).as(failed.why()).isEqualTo(Outcome.Cause.CERTIFICATE);
    assertThat(failed.why()).contains("fails");
  }

  @Test
  void aCertificateForTheNameIsTrusted() throws Exception {
    try (Endpoint endpoint = endpoint()) {
      Outcome outcome = call("https://hook.example:" + endpoint.port() + "/", true);

      assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    }
  }

  @Test
  void oneForAnotherNameIsNot() throws Exception {
    try (Endpoint endpoint = endpoint()) {
      fails(call("https://other.example:" + endpoint.port() + "/", true));
      fails(call("https://127.0.0.1:" + endpoint.port() + "/", true));

      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @Test
  void oneThatNobodySignedIsNot() throws Exception {
    try (Endpoint endpoint = endpoint()) {
      fails(call("https://hook.example:" + endpoint.port() + "/", false));

      assertThat(endpoint.requests()).isEmpty();
    }
  }

  @Test
  void tlsWithAPlainEndpointFails() {
    try (Endpoint endpoint = Endpoint.greeting(OK)) {
      fails(call("https://127.0.0.1:" + endpoint.port() + "/", true));
    }
  }
}
