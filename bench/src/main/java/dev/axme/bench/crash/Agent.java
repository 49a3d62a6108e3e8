package dev.axme.bench.crash;

/**
 * An agent that work is sent to.
 *
 * @param name unique over all workspaces; its key is known to the {@link Victim} under it
 * @param address the full address
 */
record Agent(String name, String address) {
  String streamPath() {
    return "/v1/agents/" + address.substring("agent://".length()) + "/intents/stream";
  }
}
