package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.TreeSet;

/** Calls the running server and holds each answer to what the document says about it. */
final class Witness {
  private final Running running;
  private final Document document;
  private final Set<String> succeeded = new TreeSet<>();
  private final Set<Integer> statuses = new TreeSet<>();

  Witness(Running running, Document document) {
    this.running = running;
    this.document = document;
  }

  /** Calls the operation {@code METHOD pattern} at {@code path}; its status must be documented. */
  Got call(int status, String operation, String path, String key, String body, String... headers) {
    JsonNode described = document.operations().getOrDefault(operation, MissingNode.getInstance());
    assertThat(described.isObject()).as("%s is documented", operation).isTrue();
    String method = operation.substring(0, operation.indexOf(' '));
    Got got = running.send(method, path, key, body, headers);
    String what = operation + " " + path + " " + got.status() + " " + got.body();
    assertThat(got.status()).as(what).isEqualTo(status);
    JsonNode response = document.response(described, got.status());
    assertThat(response.isMissingNode()).as("undocumented: %s", what).isFalse();
    content(what, response, got);
    statuses.add(got.status());
    if (got.status() < 400) {
      succeeded.add(operation);
    }
    return got;
  }

  private void content(String what, JsonNode response, Got got) {
    if (got.status() == 303) {
      assertThat(got.header("location")).as(what).isPresent();
      return;
    }
    JsonNode any = response.path("content").path("*/*");
    JsonNode media = response.path("content").path(got.contentType());
    JsonNode described = media.isMissingNode() ? any : media;
    assertThat(described.isMissingNode()).as("content type of %s", what).isFalse();
    JsonNode value = got.contentType().endsWith("json") ? got.json() : TextNode.valueOf(got.body());
    assertThat(document.mistakes(described.path("schema"), value)).as(what).isEmpty();
  }

  /** Holds an event, for instance a stream's, to its schema. */
  void event(JsonNode event) {
    assertThat(document.mistakes(document.schema("Event"), event)).as(event.toString()).isEmpty();
  }

  /** The operations that have answered below 400. */
  Set<String> succeeded() {
    return succeeded;
  }

  Set<Integer> statuses() {
    return statuses;
  }
}
