package dev.axme.sdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who there is: people who decide, agents that ask, and their keys. Needs a login key of someone
 * who administers.
 */
public final class Directory {
  private static final String ACCOUNTS = "/v1/service-accounts";

  private final Transport transport;
  private final Map<String, String> scope;

  Directory(Transport transport) {
    this(transport, Map.of());
  }

  private Directory(Transport transport, Map<String, String> scope) {
    this.transport = transport;
    this.scope = scope;
  }

  /**
   * The directory of another organization and workspace that the key reaches. Without a workspace,
   * lists tell of all of the organization.
   */
  public Directory in(Optional<String> orgId, Optional<String> workspaceId) {
    Map<String, String> ids = new LinkedHashMap<>();
    orgId.ifPresent(id -> ids.put("org_id", id));
    workspaceId.ifPresent(id -> ids.put("workspace_id", id));
    return new Directory(transport, ids);
  }

  /** Everybody of the workspace. */
  public List<Person> people() {
    return transport.get("/v1/people" + query(scope)).each("people").stream()
        .map(Person::of)
        .toList();
  }

  /** Adds somebody. */
  public NewPerson addPerson(String email, Optional<String> name, Optional<String> role) {
    Map<String, String> body = new LinkedHashMap<>(scope);
    body.put("email", email);
    name.ifPresent(text -> body.put("name", text));
    role.ifPresent(text -> body.put("role", text));
    return NewPerson.of(transport.post("/v1/people", body));
  }

  /** A fresh link that signs the caller in, once. */
  public SignInLink signInLink() {
    return SignInLink.of(transport.post("/v1/sign-in-links", Map.of()));
  }

  /** The addresses of all agents; an agent's key may ask, too. */
  public List<Agent> agents() {
    List<Agent> all = new ArrayList<>();
    Map<String, String> page = new LinkedHashMap<>(scope);
    Optional<String> next;
    do {
      Fields answer = transport.get("/v1/agents" + query(page));
      answer.each("agents").forEach(json -> all.add(Agent.of(json)));
      next = answer.optional("next_cursor");
      next.ifPresent(cursor -> page.put("cursor", cursor));
    } while (next.isPresent());
    return all;
  }

  /** Who is behind an address, in any of its spellings; an agent's key may ask, too. */
  public Agent agent(String address) {
    return Agent.of(transport.get("/v1/agents/" + Transport.address(address)).in("agent"));
  }

  /** Every agent that has an account. */
  public List<ServiceAccount> accounts() {
    return transport.get(ACCOUNTS + query(scope)).each("service_accounts").stream()
        .map(ServiceAccount::of)
        .toList();
  }

  /** The account of an agent, by its id. */
  public ServiceAccount account(String accountId) {
    Fields answer = transport.get(ACCOUNTS + "/" + Transport.encode(accountId));
    return ServiceAccount.of(answer.in("service_account"));
  }

  /** Gives an agent an account, and with it an address. */
  public ServiceAccount createAccount(String name) {
    return register(NewAgent.named(name));
  }

  /** Gives an agent an account, and with it an address. */
  public ServiceAccount register(NewAgent agent) {
    Map<String, String> body = new LinkedHashMap<>(scope);
    body.putAll(agent.body());
    return ServiceAccount.of(transport.post(ACCOUNTS, body).in("service_account"));
  }

  /** Ends an agent: all its keys stop working. */
  public void revokeAccount(String accountId) {
    transport.delete(ACCOUNTS + "/" + Transport.encode(accountId));
  }

  /** The keys of an agent, without their secrets. */
  public List<AgentKey> keys(String accountId) {
    return transport.get(keysOf(accountId)).each("keys").stream().map(AgentKey::of).toList();
  }

  /**
   * Makes a key. When the answer got lost ({@code already_exists}), so did the secret: make another
   * one.
   */
  public NewAgentKey createKey(String accountId) {
    return createKey(accountId, KeyTerms.none());
  }

  /** Makes a key likewise, with a name or an end. */
  public NewAgentKey createKey(String accountId, KeyTerms terms) {
    return NewAgentKey.of(transport.post(keysOf(accountId), terms.body()));
  }

  /** Makes a key useless, everywhere within a second. */
  public AgentKey revokeKey(String accountId, String keyId) {
    String path = keysOf(accountId) + "/" + Transport.encode(keyId) + "/revoke";
    return AgentKey.of(transport.post(path, Map.of()).in("key"));
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + Transport.encode(p.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String keysOf(String accountId) {
    return ACCOUNTS + "/" + Transport.encode(accountId) + "/keys";
  }
}
