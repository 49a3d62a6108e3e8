package dev.axme.examples;

class OpenAiChatCompletionsAgentTest extends OpenAiAgentContract {

  @Override
  OpenAiApi api() {
    return OpenAiApi.CHAT_COMPLETIONS;
  }
}
