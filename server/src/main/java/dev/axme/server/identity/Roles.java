package dev.axme.server.identity;

import dev.axme.core.Person;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What people's roles allow (protocol section 1.7). An agent's key has no role. */
final class Roles {
  /** Who manages people, service accounts and keys. */
  static final List<String> ADMINS = List.of("org_owner", "org_admin", "workspace_admin");

  /** Who may look at service accounts and keys. */
  static final List<String> READERS =
      List.of("org_owner", "org_admin", "workspace_admin", "billing_viewer", "security_auditor");

  static final String MEMBER = "member";

  /** Who makes organizations. */
  static final List<String> OWNERS = List.of("org_owner");

  /** Who changes an organization and adds workspaces to it. */
  static final List<String> ORG_ADMINS = List.of("org_owner", "org_admin");

  /** Roles that count in all workspaces of an organization, and may look at it. */
  static final List<String> IN_ORGANIZATIONS =
      List.of("org_owner", "org_admin", "billing_viewer", "security_auditor");

  private static final Map<String, String> SYNONYMS =
      Map.of("owner", "org_owner", "admin", "workspace_admin");
  private static final Pattern ROLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private Roles() {}

  /** The caller, if they have one of these roles. */
  static Caller require(Call call, List<String> roles) {
    Caller caller = call.caller();
    notAnAgent(caller, roles);
    require(caller.person().map(Person::roles).orElse(List.of()), roles);
    return caller;
  }

  /** Throws 403 unless one of the needed roles is there. */
  static void require(List<String> has, List<String> needed) {
    if (has.stream().noneMatch(needed::contains)) {
      throw refused(needed, "you have " + (has.isEmpty() ? "none" : String.join(", ", has)));
    }
  }

  /** Throws 403 when a role is needed and the caller is an agent, which has none. */
  static void notAnAgent(Caller caller, List<String> needed) {
    if (!needed.isEmpty() && caller.person().isEmpty()) {
      throw refused(needed, "an agent's key has none, use a login key");
    }
  }

  private static Problem refused(List<String> needed, String why) {
    return new Problem(
        403,
        "forbidden",
        "operation requires one of roles [" + String.join(", ", needed) + "]; " + why + ".");
  }

  /** Reads a role as it is stored. */
  static String read(String written) {
    String role = SYNONYMS.getOrDefault(written, written);
    if (!ROLE.matcher(role).matches()) {
      throw Problem.invalid(
          "role",
          "must be lower-case letters, digits, '.', '_' and '-', such as member, admin or owner.");
    }
    return role;
  }

  /** Throws unless the caller ranks at least as high: nobody makes or becomes their superior. */
  static void atLeast(Caller caller, List<String> roles) {
    atLeast(caller.person().map(Person::roles).orElse(List.of()), roles);
  }

  /** The same for somebody who has {@code own} roles where it counts. */
  static void atLeast(List<String> own, List<String> roles) {
    int needed = needed(roles);
    if (needed < rank(own)) {
      throw new Problem(
          403,
          "forbidden",
          "operation requires one of roles ["
              + String.join(", ", ADMINS.subList(0, needed + 1))
              + "]: nobody may act on somebody who ranks higher.");
    }
  }

  /** Who looks at a whole organization is not for the administrator of a workspace to act on. */
  private static int needed(List<String> roles) {
    return roles.stream().anyMatch(IN_ORGANIZATIONS::contains)
        ? Math.min(rank(roles), ORG_ADMINS.size() - 1)
        : rank(roles);
  }

  /** 0 is the highest. */
  private static int rank(List<String> roles) {
    return (int) ADMINS.stream().takeWhile(role -> !roles.contains(role)).count();
  }
}
