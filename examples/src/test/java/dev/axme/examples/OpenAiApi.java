package dev.axme.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.examples.ScriptedModel.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The two forms of the OpenAI API: where a call says what came before, and how it is answered. */
enum OpenAiApi {
  RESPONSES("/responses", "input") {
    @Override
    List<String> toolOutputs(JsonNode request) {
      return texts(request, "type", "function_call_output", "output");
    }

    @Override
    boolean reasoningKept(JsonNode request, int times) {
      return texts(request, "type", "reasoning", "id").size() == times;
    }

    @Override
    String form() {
      return """
          {"id": "resp_%1$s", "object": "response", "created_at": 0, "model": "scripted",
           "status": "completed", "parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
           "output": [%2$s],
           "usage": {"input_tokens": 1, "input_tokens_details": {"cached_tokens": 0},
                     "output_tokens": 1, "output_tokens_details": {"reasoning_tokens": 0},
                     "total_tokens": 2}}
          """;
    }

    @Override
    String toolCall() {
      return """
          {"type": "reasoning", "id": "rs_%1$s", "summary": []},
          {"type": "function_call", "id": "fc_%1$s", "call_id": "call_%1$s",
           "name": "%2$s", "arguments": "%3$s", "status": "completed"}
          """;
    }

    @Override
    String message() {
      return """
          {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
           "content": [{"type": "output_text", "text": "%s", "annotations": []}]}
          """;
    }
  },

  CHAT_COMPLETIONS("/chat/completions", "messages") {
    @Override
    List<String> toolOutputs(JsonNode request) {
      return texts(request, "role", "tool", "content");
    }

    @Override
    boolean reasoningKept(JsonNode request, int times) {
      return true; // This form has no place for it.
    }

    @Override
    String form() {
      return """
          {"id": "chatcmpl-%1$s", "object": "chat.completion", "created": 0, "model": "scripted",
           "choices": [{"index": 0, "finish_reason": "stop", "message": %2$s}],
           "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
          """;
    }

    @Override
    String toolCall() {
      return """
          {"role": "assistant", "content": null, "tool_calls":
            [{"id": "call_%1$s", "type": "function",
              "function": {"name": "%2$s", "arguments": "%3$s"}}]}
          """;
    }

    @Override
    String message() {
      return """
          {"role": "assistant", "content": "%s"}
          """;
    }
  };

  static final String LAST_WORD = "All is settled.";

  private final String path;
  private final String history;

  OpenAiApi(String path, String history) {
    this.path = path;
    this.history = history;
  }

  /** What the tools have answered so far. */
  abstract List<String> toolOutputs(JsonNode request);

  /** A model that reasons wants its reasoning back, with the call that it led to. */
  abstract boolean reasoningKept(JsonNode request, int times);

  abstract String form();

  abstract String toolCall();

  abstract String message();

  String path() {
    return path;
  }

  /** How the agent's setting names it. */
  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  JsonNode answer(Turn turn) throws JsonProcessingException {
    String order = "{\\\"order_id\\\": \\\"1042\\\"";
    String output =
        switch (turn) {
          case LOOK_UP -> toolCall().formatted(turn, "look_up_order", order + "}");
          case REFUND ->
              toolCall().formatted(turn, "refund", order + ", \\\"amount_cents\\\": 4990}");
          case ANSWER -> message().formatted(LAST_WORD);
        };
    return ScriptedModel.JSON.readTree(form().formatted(turn, output));
  }

  /** One field of each entry of the history that is of a kind. */
  List<String> texts(JsonNode request, String discriminator, String kind, String field) {
    List<String> found = new ArrayList<>();
    for (JsonNode entry : request.path(history)) {
      if (entry.path(discriminator).asText().equals(kind)) {
        found.add(entry.path(field).asText());
      }
    }
    return found;
  }
}
