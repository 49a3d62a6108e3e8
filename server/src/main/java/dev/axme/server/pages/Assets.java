package dev.axme.server.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The files that pages load from {@code /assets/}, read once; safe for any thread. */
public final class Assets {

  private static final Map<String, Asset> ALL =
      Map.of(
          "style.css", load("style.css", "text/css; charset=utf-8"),
          "icon.svg", load("icon.svg", "image/svg+xml"));

  private Assets() {}

  /** One file; the version changes with its text, so that it may be cached for ever. */
  public record Asset(String contentType, String text, String version) {}

  /** The file of this name, without the path in front. */
  public static Optional<Asset> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The address of a file, with its version as the query. */
  public static String url(String name) {
    Asset asset = ALL.get(name);
    if (asset == null) {
      throw new IllegalStateException("Expected an asset named " + name);
    }
    return "/assets/" + name + "?v=" + asset.version();
  }

  private static Asset load(String name, String contentType) {
    try (InputStream in = Assets.class.getResourceAsStream("/assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("Expected the resource /assets/" + name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(
          contentType,
          new String(bytes, StandardCharsets.UTF_8),
          HexFormat.of().formatHex(digest, 0, 6));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read /assets/" + name, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK", e);
    }
  }
}
