package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Known;
import dev.axme.server.identity.Recipient;
import dev.axme.server.scenarios.Members.Member;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in a scenario: its agents with their addresses, its people, and everybody else whom the
 * workspace knows. Says whom a name means.
 */
final class Cast {
  /** Whom everything goes to that goes to nobody else. */
  static final String OWNER = "org_owner";

  private static final String ANYBODY = "anyone who may decide";

  private final Bundle bundle;
  private final Known known;
  private final Workspace workspace;
  private final Findings findings;
  private final Members members;
  private final Set<String> used = new HashSet<>();

  /** Looks every agent of the bundle up; may block, if {@code known} may. */
  Cast(Bundle bundle, Known known, Workspace workspace, Findings findings) {
    this.bundle = bundle;
    this.known = known;
    this.workspace = workspace;
    this.findings = findings;
    this.members = new Members(bundle.agents(), known, workspace, findings);
    for (Bundle.Human human : bundle.humans()) {
      if (human.contact().isPresent() && known.assignee(human.contact().get()).isEmpty()) {
        findings.error(
            human.place() + ".contact",
            "is " + human.contact().get() + ", which is neither an e-mail address nor known here.");
      }
    }
  }

  List<Member> members() {
    return members.all();
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
            members.playing(agent).<Meant>map(Cast::agent).orElseGet(Meant.Core::new));
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
    Optional<Member> member = members.at(address);
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
    return members
        .mailbox(place, address)
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
    return name.isEmpty() ? OWNER : name;
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
    Optional<Member> first = bundle.agents().stream().findFirst().flatMap(members::playing);
    bundle.agents().stream().findFirst().ifPresent(a -> used.add(a.place()));
    return first;
  }
}
