package dev.axme.server.scenarios;

import dev.axme.core.Address;
import dev.axme.core.Mailbox;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.AgentAccounts;
import dev.axme.server.identity.Known;
import dev.axme.server.identity.Recipient;
import dev.axme.server.intents.Receivers;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agents of a scenario: which address each one means, and whether an account is to be made. */
final class Members {
  private static final String ADDRESS = ".address";

  private final Known known;
  private final Workspace workspace;
  private final Findings findings;
  private final List<Member> all = new ArrayList<>();

  /** Looks every agent up; may block, if {@code known} may. */
  Members(List<Bundle.Agent> agents, Known known, Workspace workspace, Findings findings) {
    this.known = known;
    this.workspace = workspace;
    this.findings = findings;
    Map<Address, String> places = new HashMap<>();
    for (Bundle.Agent agent : agents) {
      look(agent);
      if (!agent.address().isEmpty()) {
        member(agent, places).ifPresent(all::add);
      }
    }
  }

  /**
   * An agent of the bundle.
   *
   * @param create whether its account is to be made
   */
  record Member(
      Bundle.Agent agent,
      Address address,
      Mailbox mailbox,
      Optional<Account> account,
      boolean registered,
      boolean create) {
    String name() {
      return agent.displayName().orElseGet(address::name);
    }
  }

  List<Member> all() {
    return all;
  }

  /** The member with this role in the bundle; empty when it is the built-in runtime. */
  Optional<Member> playing(Bundle.Agent agent) {
    return all.stream().filter(m -> m.agent().equals(agent)).findFirst();
  }

  /** The member with this address. */
  Optional<Member> at(Address address) {
    return all.stream().filter(m -> m.address().equals(address)).findFirst();
  }

  private void look(Bundle.Agent agent) {
    List<String> modes = AgentAccounts.deliveryModes();
    if (agent.deliveryMode().filter(m -> !modes.contains(m)).isPresent()) {
      findings.error(
          agent.place() + ".delivery_mode", "must be one of " + String.join(", ", modes) + ".");
    }
    if (agent.deliveryMode().filter("http"::equals).isPresent() && agent.callbackUrl().isEmpty()) {
      findings.warning(
          agent.place() + ".callback_url",
          "is missing beside delivery_mode http: nothing is pushed, the agent has to ask.");
    }
  }

  private Optional<Member> member(Bundle.Agent agent, Map<Address, String> places) {
    if (Addresses.core(agent.address())) {
      return Optional.empty();
    }
    Optional<Address> address = address(agent);
    String first = address.map(a -> places.putIfAbsent(a, agent.place())).orElse(null);
    if (first != null) {
      findings.error(
          agent.place() + ADDRESS,
          "means " + address.orElseThrow() + ", as that of " + first + " does.");
      return Optional.empty();
    }
    return address.flatMap(a -> member(agent, a));
  }

  /** An exact name, an address, or, for an account to be made, the address of the name's slug. */
  private Optional<Address> address(Bundle.Agent agent) {
    String written = agent.address();
    Optional<Address> named = known.agentNamed(written).map(Account::address);
    Optional<Address> meant = Addresses.normalise(written, workspace);
    if (named.isPresent() || (meant.isPresent() && !made(agent, meant.get()))) {
      return named.or(() -> meant);
    }
    if (!agent.create()) {
      findings.error(
          agent.place() + ADDRESS, "is " + written + ", which is no address; write a name.");
      return Optional.empty();
    }
    String slug = Addresses.slug(written);
    if (!AgentAccounts.fits(slug) || agent.address().length() > 120) {
      findings.error(
          agent.place() + ADDRESS,
          "must give an account of 2 to 63 characters, but it gives \"" + slug + "\".");
      return Optional.empty();
    }
    Address address = Addresses.in(workspace, slug);
    if (meant.isPresent() && !meant.get().equals(address)) {
      return elsewhere(agent, meant.get(), address);
    }
    Optional<Account> other = known.account(address);
    if (meant.isEmpty() && other.isPresent()) {
      String said = " gives " + address + ", which is that of " + other.get().name() + ".";
      findings.error(new Problem(409, "already_exists", agent.place() + ADDRESS + said));
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private boolean made(Bundle.Agent agent, Address address) {
    return agent.create() && known.account(address).isEmpty();
  }

  /** An account can be made in the workspace only, and under its slug. */
  private Optional<Address> elsewhere(Bundle.Agent agent, Address meant, Address address) {
    boolean here = Addresses.within(workspace, meant);
    if (known.recipient(meant).filter(Members::registered).isPresent()) {
      return Optional.of(meant);
    }
    findings.error(
        agent.place() + ADDRESS,
        here
            ? "can only be made as " + address.name() + "; write that."
            : "is no address of this workspace, where accounts are made; write a bare name.");
    return Optional.empty();
  }

  private static boolean registered(Recipient recipient) {
    return switch (recipient) {
      case Recipient.Here _, Recipient.Elsewhere _, Recipient.Foreign _ -> true;
      case Recipient.Nobody _ -> false;
    };
  }

  private Optional<Member> member(Bundle.Agent agent, Address address) {
    Optional<Account> account = known.account(address);
    if (account.flatMap(Account::person).isPresent()) {
      findings.error(
          agent.place() + ADDRESS, "is that of a person; name people in humans, not in agents.");
      return Optional.empty();
    }
    Optional<Mailbox> mailbox = mailbox(agent.place() + ADDRESS, address);
    boolean registered = registered(address);
    if (!registered && !agent.create()) {
      findings.warning(
          agent.place() + ADDRESS,
          "is that of nobody, and create_if_missing is not set: what is sent there waits.");
    }
    return mailbox.map(
        m -> new Member(agent, address, m, account, registered, !registered && agent.create()));
  }

  private boolean registered(Address address) {
    return known.recipient(address).filter(Members::registered).isPresent();
  }

  /** Where what is sent to an address is kept; empty when it is closed. */
  Optional<Mailbox> mailbox(String place, Address address) {
    try {
      return Optional.of(Receivers.mailbox("", address, known));
    } catch (Problem e) {
      findings.error(e.saying(place + " " + e.sentence().strip()));
      return Optional.empty();
    }
  }
}
