package dev.axme.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A finished answer. The array is not copied: nobody may change it afterwards. */
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, String contentType, byte[] body, Map<String, String> headers) {
  /** JSON with this status. */
  public static Response json(int status, ObjectNode body) {
    return new Response(status, "application/json", Json.bytes(body), Map.of());
  }

  /** Text of some type. */
  public static Response text(int status, String contentType, String body) {
    return new Response(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Sends the browser on with a GET. */
  public static Response seeOther(String location) {
    return new Response(303, "text/plain", new byte[0], Map.of("Location", location));
  }

  /** The same answer with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, contentType, body, more);
  }
}
