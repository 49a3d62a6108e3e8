package dev.axme.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.axme.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The description of every route, written by hand in {@code openapi.yaml} and held to the running
 * router by a test. It is converted when somebody first asks, which takes a while: not on an event
 * loop.
 */
final class OpenApi {
  private static final String SOURCE = "/openapi.yaml";

  private final Supplier<String> publicUrl;
  private byte @Nullable [] json;

  /** The document of a server that people reach at {@code publicUrl}, which is asked late. */
  OpenApi(Supplier<String> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** The document as JSON; nobody may change the array. */
  synchronized byte[] json() {
    byte[] known = json;
    if (known == null) {
      known = read(publicUrl.get());
      json = known;
    }
    return known;
  }

  private static byte[] read(String url) {
    try (InputStream source = OpenApi.class.getResourceAsStream(SOURCE)) {
      if (!(new YAMLMapper().readTree(source) instanceof ObjectNode document)) {
        throw new IllegalStateException("Expected " + SOURCE + " to be one object");
      }
      document.withObject("info").put("version", Server.VERSION);
      document.putArray("servers").addObject().put("url", url);
      return Json.bytes(document);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + SOURCE, e);
    }
  }
}
