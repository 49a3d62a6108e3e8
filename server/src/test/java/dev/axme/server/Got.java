package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that a test got.
 *
 * @param headers by their names in lower case
 */
record Got(int status, Map<String, List<String>> headers, String body) {
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
  }

  String contentType() {
    return header("content-type").orElse("").replaceFirst(";.*", "");
  }

  ObjectNode json() {
    return Json.readObject(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The body of an answer that must be 200. */
  ObjectNode ok() {
    assertThat(status).as(body).isEqualTo(200);
    return json();
  }

  String code() {
    return json().at("/error/code").asText("");
  }

  /**
   * Holds an error to what every error must be: the status and code that were expected, both
   * members of the protocol and those of RFC 9457, and one line that helps.
   */
  Got refused(int status, String code) {
    assertThat(this.status + " " + code()).as(body).isEqualTo(status + " " + code);
    return error();
  }

  /** Holds any error to its form. */
  Got error() {
    ObjectNode json = json();
    String detail = json.path("detail").asText("");
    assertThat(contentType()).isEqualTo("application/problem+json");
    assertThat(json.path("detail").isTextual()).as(body).isTrue();
    assertThat(detail).as(body).hasSizeGreaterThan(10).hasSizeLessThan(2_000);
    assertThat(detail).as(body).doesNotContain("\n", "\r", "java.", "Exception", "org.", "\u0000");
    assertThat(json.at("/error/message").textValue()).isEqualTo(detail);
    assertThat(json.at("/error/details").isObject()).isTrue();
    assertThat(json.path("status").intValue()).isEqualTo(status);
    assertThat(json.path("title").asText("")).isNotBlank();
    assertThat(json.path("request_id").textValue())
        .isEqualTo(header("x-request-id").orElse("no header"));
    return this;
  }

  /** The frames of a stream, comments left out. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (String block : body.split("\n\n", -1)) {
      if (!block.isEmpty() && !block.startsWith(":")) {
        frames.add(Frame.of(block));
      }
    }
    return frames;
  }

  /** One frame of a stream; it must be written exactly as clients parse it. */
  record Frame(String id, String event, String data) {
    static Frame of(String block) {
      List<String> lines = new ArrayList<>(List.of(block.split("\n", -1)));
      String id = lines.getFirst().startsWith("id: ") ? lines.removeFirst().substring(4) : "";
      assertThat(lines).as(block).hasSize(2);
      assertThat(lines.get(0)).startsWith("event: ");
      assertThat(lines.get(1)).startsWith("data: {");
      return new Frame(id, lines.get(0).substring(7), lines.get(1).substring(6));
    }

    JsonNode json() {
      return Json.readObject(data.getBytes(StandardCharsets.UTF_8));
    }
  }
}
