package dev.axme.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who there is: people who decide, agents that ask, and their keys. Needs a login key of someone
 * who administers.
 */
public final class Directory {
  private static final String ACCOUNTS = "/v1/service-accounts";

  private final Transport transport;

  Directory(Transport transport) {
    this.transport = transport;
  }

  /** Everybody of the workspace. */
  public List<Person> people() {
    return transport.get("/v1/people").each("people").stream().map(Person::of).toList();
  }

  /** Adds somebody. */
  public NewPerson addPerson(String email, Optional<String> name, Optional<String> role) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("email", email);
    name.ifPresent(text -> body.put("name", text));
    role.ifPresent(text -> body.put("role", text));
    return NewPerson.of(transport.post("/v1/people", body));
  }

  /** A fresh link that signs the caller in, once. */
  public SignInLink signInLink() {
    return SignInLink.of(transport.post("/v1/sign-in-links", Map.of()));
  }

  /** Every agent that has an account. */
  public List<ServiceAccount> accounts() {
    return transport.get(ACCOUNTS).each("service_accounts").stream()
        .map(ServiceAccount::of)
        .toList();
  }

  /** Gives an agent an account, and with it an address. */
  public ServiceAccount createAccount(String name) {
    return ServiceAccount.of(transport.post(ACCOUNTS, Map.of("name", name)).in("service_account"));
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
    return NewAgentKey.of(transport.post(keysOf(accountId), Map.of()));
  }

  /** Makes a key useless, everywhere within a second. */
  public AgentKey revokeKey(String accountId, String keyId) {
    String path = keysOf(accountId) + "/" + Transport.encode(keyId) + "/revoke";
    return AgentKey.of(transport.post(path, Map.of()).in("key"));
  }

  private static String keysOf(String accountId) {
    return ACCOUNTS + "/" + Transport.encode(accountId) + "/keys";
  }
}
