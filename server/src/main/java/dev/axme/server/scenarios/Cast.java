package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Assignee;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in a scenario: its agents with their addresses, its people, and everybody else whom the
 * workspace knows. Says whom a name means.
 */
final class Cast {
  private static final String ADDRESS = ".address";
  private static final String ANYBODY = "anyone who may decide";

  private final Bundle bundle;
  private final Known known;
  private final Workspace workspace;
  private final Findings findings;
  private final List<Member> members = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  /** Looks every agent of the bundle up; may block, if {@code known} may. */
  Cast(Bundle bundle, Known known, Workspace workspace, Findings findings) {
    this.bundle = bundle;
    this.known = known;
    this.workspace = workspace;
    this.findings = findings;
    Map<Address, String> places = new HashMap<>();
    for (Bundle.Agent agent : bundle.agents()) {
      look(agent);
      if (!agent.address().isEmpty()) {
        member(agent, places).ifPresent(members::add);
      }
    }
    for (Bundle.Human human : bundle.humans()) {
      if (human.contact().isPresent() && known.assignee(human.contact().get()).isEmpty()) {
        findings.error(
            human.place() + ".contact",
            "is " + human.contact().get() + ", which is neither an e-mail address nor known here.");
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

  /** Whom a name means. */
  sealed interface Meant {
    /** An agent. */
    record Agent(Mailbox to, boolean registered, String name) implements Meant {}

    /** A person, a role, or, without {@code whom}, whoever may decide. */
    record Human(Optional<Assignee> whom, String ref, String name) implements Meant {}

    /** The built-in runtime: nobody in particular. */
    record Core() implements Meant {}

    /** Nobody whom this scenario or the workspace knows. */
    record Unknown() implements Meant {}
  }

  List<Member> members() {
    return members;
  }

  private void look(Bundle.Agent agent) {
    List<String> modes = AgentAccounts.deliveryModes();
    if (agent.deliveryMode().filter(m -> !modes.contains(m)).isPresent()) {
      findings.error(
          agent.place() + ".delivery_mode", "must be one of " + String.join(", ", modes) + ".");
    }
    if (agent.callbackUrl().filter(u -> !AgentAccounts.callback(u)).isPresent()) {
      findings.error(agent.place() + ".callback_url", "must be an http or https address.");
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
    if (known.recipient(meant).filter(Cast::registered).isPresent()) {
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
    return known.recipient(address).filter(Cast::registered).isPresent();
  }

  private Optional<Mailbox> mailbox(String place, Address address) {
    try {
      return Optional.of(Receivers.mailbox("", address, known));
    } catch (Problem e) {
      findings.error(e.saying(place + " " + e.sentence().strip()));
      return Optional.empty();
    }
  }

  /** Whom a step's {@code assigned_to} means; the place is for what goes wrong on the way. */
  Meant meant(String written, String place) {
    Optional<Meant> role = role(written);
    if (role.isPresent()) {
      return role.get();
    }
    if (Addresses.core(written)) {
      return new Meant.Core();
    }
    Optional<Address> address =
        known
            .agentNamed(written)
            .map(Account::address)
            .or(() -> Addresses.normalise(written, workspace));
    Optional<Meant> member = address.flatMap(this::member);
    if (member.isPresent()) {
      return member.get();
    }
    Optional<Assignee> person =
        address.filter(this::agent).isPresent() ? Optional.empty() : known.assignee(written);
    if (person.isPresent()) {
      return new Meant.Human(person, person.get().ref(), person.get().ref());
    }
    return address
        .filter(a -> agent(a) || scheme(written))
        .map(a -> stranger(a, place))
        .orElseGet(Meant.Unknown::new);
  }

  private Optional<Meant> role(String written) {
    for (Bundle.Agent agent : bundle.agents()) {
      if (agent.role().equals(written)) {
        used.add(agent.place());
        return Optional.of(
            members.stream()
                .filter(m -> m.agent().equals(agent))
                .findFirst()
                .<Meant>map(Cast::agent)
                .orElseGet(Meant.Core::new));
      }
    }
    Optional<Bundle.Human> human = human(written);
    human.ifPresent(h -> used.add(h.place()));
    return human.<Meant>map(this::human);
  }

  private Optional<Bundle.Human> human(String role) {
    return bundle.humans().stream().filter(h -> h.role().equals(role)).findFirst();
  }

  /** With a contact that person; without one whoever is called so; else nobody in particular. */
  private Meant.Human human(Bundle.Human human) {
    String asked = human.contact().orElseGet(human::role);
    return new Meant.Human(
        known.assignee(asked), human.contact().orElseGet(human::role), human.name());
  }

  private static Meant agent(Member member) {
    return new Meant.Agent(member.mailbox(), member.registered() || member.create(), member.name());
  }

  private Optional<Meant> member(Address address) {
    Optional<Member> member = members.stream().filter(m -> m.address().equals(address)).findFirst();
    member.ifPresent(m -> used.add(m.agent().place()));
    return member.map(Cast::agent);
  }

  /** Whether an agent is registered there, here or in another workspace. */
  private boolean agent(Address address) {
    return known
        .recipient(address)
        .map(
            r ->
                switch (r) {
                  case Recipient.Here _ -> known.agent(address);
                  case Recipient.Elsewhere _, Recipient.Foreign _ -> true;
                  case Recipient.Nobody _ -> false;
                })
        .orElse(false);
  }

  private static boolean scheme(String written) {
    return written.strip().regionMatches(true, 0, "agent:/", 0, "agent:/".length());
  }

  private Meant stranger(Address address, String place) {
    boolean registered = agent(address);
    if (!registered) {
      findings.warning(place, "is " + address + ", which nobody has: what is sent there waits.");
    }
    return mailbox(place, address)
        .<Meant>map(m -> new Meant.Agent(m, registered, address.name()))
        .orElseGet(Meant.Core::new);
  }

  /** To whom a matter goes that nobody has decided. */
  Assignee escalation(String written, String place) {
    Optional<Bundle.Human> human = human(written);
    human.ifPresent(h -> used.add(h.place()));
    Optional<Assignee> whom =
        human
            .flatMap(h -> known.assignee(h.contact().orElseGet(h::role)))
            .or(() -> known.assignee(written));
    if (whom.isEmpty()) {
      findings.warning(
          place,
          "is "
              + written
              + ", but nobody here is called so or has that role: until somebody is, only owners and"
              + " admins can decide.");
    }
    return whom.orElseGet(() -> new Assignee.Role(roleName(written)));
  }

  /** The contact of a role of the bundle, or the name as it is written. */
  String contact(String written) {
    Optional<Bundle.Human> human = human(written);
    human.ifPresent(h -> used.add(h.place()));
    return human.flatMap(Bundle.Human::contact).orElse(written);
  }

  /** A task whose assignees are people and not roles of the bundle. */
  ObjectNode cast(ObjectNode task) {
    if (!task.path("assignees").isArray()) {
      return task;
    }
    ObjectNode copy = task.deepCopy();
    ArrayNode assignees = copy.putArray("assignees");
    task.path("assignees")
        .forEach(
            name ->
                assignees.add(
                    name.isTextual() ? assignees.textNode(contact(name.textValue())) : name));
    return copy;
  }

  /**
   * Whom a question without a name goes to: the scenario's only person, else whoever may decide.
   */
  Meant.Human anybody() {
    if (bundle.humans().size() == 1) {
      used.add(bundle.humans().getFirst().place());
      return human(bundle.humans().getFirst());
    }
    return new Meant.Human(Optional.empty(), ANYBODY, ANYBODY);
  }

  private static String roleName(String written) {
    String name = Addresses.name(written);
    return name.isEmpty() ? "org_owner" : name;
  }

  /** Warns of every role that nothing needed; to be called when all names were looked up. */
  void unused() {
    for (Bundle.Agent agent : bundle.agents()) {
      if (!used.contains(agent.place())) {
        findings.warning(
            agent.place(), "is never used: no step is assigned to " + agent.role() + ".");
      }
    }
    for (Bundle.Human human : bundle.humans()) {
      if (!used.contains(human.place())) {
        findings.warning(
            human.place(), "is never used: nothing is assigned to " + human.role() + ".");
      }
    }
  }

  /** The agent that a scenario without a workflow is sent to. */
  Optional<Member> first() {
    Optional<Member> first =
        bundle.agents().stream()
            .findFirst()
            .flatMap(a -> members.stream().filter(m -> m.agent().equals(a)).findFirst());
    bundle.agents().stream().findFirst().ifPresent(a -> used.add(a.place()));
    return first;
  }
}
