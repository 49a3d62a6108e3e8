package dev.axme.cli;

import static dev.axme.cli.LauncherSandbox.finish;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.axme.cli.LauncherSandbox.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finding a JDK, explaining how to get one, and fetching it from a stand-in for Adoptium on
 * loopback.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherJdkTest {
  @TempDir Path dir;
  LauncherSandbox box;
  HttpServer adoptium;
  final AtomicInteger downloads = new AtomicInteger();

  @BeforeEach
  void aCheckout() throws IOException {
    box = new LauncherSandbox(dir.toRealPath());
    adoptium = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    adoptium.start();
  }

  @AfterEach
  void stop() {
    adoptium.stop(0);
  }

  @Test
  void takesTheJdkOfJavaHome() throws Exception {
    box.jdk("jdk-26", "26");
    Path mine = LauncherSandbox.jdk(dir.toRealPath().resolve("my jdk"), "25");

    Result result = box.with("JAVA_HOME", mine.toString()).run("version");

    assertThat(result.outLines()).contains("jdk " + mine);
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    Path old = box.jdk("jdk-17", "17.0.15");
    Path wanted = box.jdk("jdk-25", "25.0.3");

    Result result = box.with("JAVA_HOME", old.toString()).run("version");

    assertThat(result.outLines()).contains("jdk " + wanted);
  }

  @Test
  void findsAJdkInAFurtherDirectoryAndInABundle() throws Exception {
    Path further = dir.toRealPath().resolve("further");
    Path wanted = LauncherSandbox.jdk(further.resolve("temurin.jdk/Contents/Home"), "25.0.3");

    Result result = box.with("AXME_JDK_PATH", "/nowhere:" + further).run("version");

    assertThat(result.outLines()).contains("jdk " + wanted);
  }

  @Test
  void withoutAJdkItNamesTheOldOneAndTheCommandsForFourSystems() throws Exception {
    box.jdk("jdk-8", "1.8.0_402");
    Path old = box.jdk("jdk-17", "17.0.15");

    Result result = box.run("up");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("Java 17.0.15 in " + old + ", which is too old")
        .contains("sudo apt-get install -y temurin-25-jdk")
        .contains("sudo dnf install -y java-25-openjdk-devel")
        .contains("brew install openjdk@25")
        .contains("winget install EclipseAdoptium.Temurin.25.JDK")
        .contains("AXME_INSTALL_JDK=1 " + box.launcher() + " up");
  }

  @Test
  void aRuntimeWithoutACompilerIsNotEnough() throws Exception {
    Path runtime = box.jdk("jre-25", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));

    Result result = box.run("version");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("Java 25.0.3 in " + runtime + ", which has no compiler");
  }

  @Test
  void fetchesTemurinOnceAndRunsWithIt() throws Exception {
    byte[] archive = aJdkArchive();
    serve(archive, sha256(archive));
    box.with("AXME_INSTALL_JDK", "1");

    Result first = box.run("version");
    Result second = box.run("version");

    Path jdk = box.home().resolve(".local/share/axme/jdk/jdk-25.0.3+9");
    assertThat(first.err()).contains("installed Java 25.0.3 in " + jdk);
    assertThat(first.outLines()).contains("jdk " + jdk, "[version]");
    assertThat(second.outLines()).isEqualTo(first.outLines());
    assertThat(downloads).hasValue(1);
  }

  @Test
  void aDownloadWithAnotherChecksumIsDeleted() throws Exception {
    byte[] archive = aJdkArchive();
    serve(archive, sha256("something else".getBytes(UTF_8)));

    Result result = box.with("AXME_INSTALL_JDK", "1").run("version");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("is not what Adoptium published", sha256(archive), "it was deleted");
    assertThat(box.home().resolve(".local/share/axme/jdk")).isEmptyDirectory();
  }

  @Test
  void aSilentAdoptiumIsSaidInASentence() throws Exception {
    box.with("AXME_INSTALL_JDK", "1")
        .with("AXME_ADOPTIUM_API", "http://127.0.0.1:" + adoptium.getAddress().getPort());
    withCurlOrWget();

    Result result = box.run("version");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("did not answer");
  }

  /** Answers as Adoptium does, with the given checksum for the given archive. */
  private void serve(byte[] archive, String checksum) throws IOException {
    String base = "http://127.0.0.1:" + adoptium.getAddress().getPort();
    adoptium.createContext(
        "/v3/assets/latest/25/hotspot",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          assertThat(query).contains("image_type=jdk", "architecture=", "os=", "vendor=eclipse");
          answer(exchange, catalogue(base, checksum).getBytes(UTF_8));
        });
    adoptium.createContext(
        "/jdk.tar.gz",
        exchange -> {
          downloads.incrementAndGet();
          answer(exchange, archive);
        });
    box.with("AXME_ADOPTIUM_API", base);
    withCurlOrWget();
  }

  private static String catalogue(String base, String checksum) {
    return """
    [
        {
            "binary": {
                "architecture": "x64",
                "image_type": "jdk",
                "installer": {
                    "checksum": "installer",
                    "link": "%1$s/installer"
                },
                "package": {
                    "checksum": "%2$s",
                    "checksum_link": "%1$s/jdk.tar.gz.sha256.txt",
                    "download_count": 12,
                    "link": "%1$s/jdk.tar.gz",
                    "metadata_link": "%1$s/jdk.tar.gz.json",
                    "name": "jdk.tar.gz",
                    "signature_link": "%1$s/jdk.tar.gz.sig"
                },
                "project": "jdk"
            },
            "release_name": "jdk-25.0.3+9",
            "release_link": "%1$s/release"
        }
    ]
    """
        .formatted(base, checksum);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] aJdkArchive() throws Exception {
    Path packed = Files.createDirectories(dir.resolve("packed"));
    LauncherSandbox.jdk(packed.resolve("jdk-25.0.3+9"), "25.0.3");
    Path archive = dir.resolve("jdk.tar.gz");
    Result tar =
        finish(
            box.process("tar", "-czf", archive.toString(), "-C", packed.toString(), "jdk-25.0.3+9")
                .start());
    assertThat(tar).isEqualTo(new Result(0, "", ""));
    return Files.readAllBytes(archive);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void withCurlOrWget() throws IOException {
    box.tool("curl");
    box.tool("wget");
  }
}
