package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Directory;
import dev.axme.sdk.NewAgent;
import dev.axme.sdk.NewAgentKey;
import dev.axme.sdk.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives each agent that a scenario wants made an account and a key, and keeps the key. An agent
 * whose key is known and works gets none; keys that were made earlier go on working.
 */
final class Provisioning {
  private static final int NOT_FOUND = 404;

  private final AxmeClient client;
  private final Directory directory;
  private final ScenarioKeys keys;
  private final String baseUrl;

  Provisioning(AxmeClient client, Directory directory, ScenarioKeys keys, String baseUrl) {
    this.client = client;
    this.directory = directory;
    this.keys = keys;
    this.baseUrl = baseUrl;
  }

  /**
   * An agent of the scenario.
   *
   * @param fresh whether its key was made just now
   */
  record Provided(ServiceAccount account, String keyId, boolean fresh) {}

  /** Does so, and stores each key as soon as there is one: it is shown only once. */
  List<Provided> provide(JsonView scenario) {
    List<JsonView> wanted =
        scenario.each("agents").stream()
            .filter(agent -> agent.flag("create_if_missing") && agent.text("address").isPresent())
            .toList();
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<ServiceAccount> known = directory.accounts();
    List<Provided> provided = new ArrayList<>();
    for (JsonView agent : wanted) {
      String address = agent.text("address").orElseThrow();
      ServiceAccount account = find(known, address).orElseGet(() -> register(agent, address));
      provided.add(withKey(account));
    }
    return provided;
  }

  private Provided withKey(ServiceAccount account) {
    Optional<ScenarioKeys.Entry> stored = keys.find(account, baseUrl).filter(this::works);
    if (stored.isPresent()) {
      return new Provided(account, stored.get().keyId(), false);
    }
    NewAgentKey made = directory.createKey(account.id());
    keys.put(account, made, baseUrl);
    keys.save();
    return new Provided(account, made.key().id(), true);
  }

  private boolean works(ScenarioKeys.Entry entry) {
    return directory.keys(entry.accountId()).stream()
        .anyMatch(key -> key.id().equals(entry.keyId()) && key.status().equals("active"));
  }

  private Optional<ServiceAccount> find(List<ServiceAccount> known, String address) {
    Optional<ServiceAccount> named =
        known.stream()
            .filter(account -> account.status().equals("active"))
            .filter(a -> a.name().equals(address) || a.address().equals(address))
            .findFirst();
    return named.isPresent() ? named : byAddress(address);
  }

  /** Whoever has the address in any of its spellings. */
  private Optional<ServiceAccount> byAddress(String address) {
    try {
      return Optional.of(directory.account(directory.agent(address).accountId()))
          .filter(account -> account.status().equals("active"));
    } catch (AxmeException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ServiceAccount register(JsonView agent, String address) {
    return directory.register(
        new NewAgent(
            name(address),
            agent.text("display_name"),
            Optional.empty(),
            agent.text("delivery_mode"),
            agent.text("callback_url")));
  }

  /** A whole address makes a name only in the workspace that it is of. */
  private String name(String address) {
    String whole = address.replaceFirst("(?i)^agent:/{1,2}", "");
    if (!whole.contains("/")) {
      return whole;
    }
    String own = client.me().address().replaceFirst("^agent://", "");
    String here = own.substring(0, own.lastIndexOf('/') + 1);
    if (!here.isEmpty() && whole.startsWith(here)) {
      return Words.shortName(whole);
    }
    throw CliException.error(
        "There is no agent "
            + address
            + ", and this key cannot make it: it makes agents at agent://"
            + here
            + "NAME.");
  }
}
