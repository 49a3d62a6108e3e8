package dev.axme.server.identity;

import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.store.Directory.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as the protocol normalises them (section 1.3). */
public final class Addresses {
  /** The built-in runtime. */
  public static final String CORE = "agent_core";

  private static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9._@:+-]*");
  private static final int MAX_LENGTH = 383;

  private Addresses() {}

  /**
   * The mailbox that {@code written} means in {@code workspace}: three segments are canonical, a
   * bare name is expanded, two segments stay an opaque short address. Empty when it is no address.
   */
  public static Optional<Address> normalise(String written, Workspace workspace) {
    String path = strip(written).toLowerCase(Locale.ROOT);
    if (path.isEmpty() || written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> segments = List.of(path.split("/", -1));
    if (segments.size() > 3 || !segments.stream().allMatch(s -> SEGMENT.matcher(s).matches())) {
      return Optional.empty();
    }
    return Optional.of(segments.size() == 1 ? in(workspace, path) : new Address("agent://" + path));
  }

  /**
   * The address that a path has in place of {@code name}, in any of the spellings of section 1.4:
   * canonical, bare, percent-encoded, with its scheme, with slashes that a proxy merged.
   */
  public static Optional<Address> ofPath(Call call, String name) {
    return normalise(call.pathValue(name), call.caller().workspace());
  }

  /** The full address of a name in a workspace. */
  public static Address in(Workspace workspace, String name) {
    return new Address(
        "agent://" + workspace.organization().slug() + "/" + workspace.slug() + "/" + name);
  }

  /** Whether the address names an organization and a workspace; shorter ones name none. */
  static boolean full(Address address) {
    return strip(address.value()).split("/", -1).length == 3;
  }

  /** Whether this is an address of the workspace, registered or not. */
  public static boolean within(Workspace workspace, Address address) {
    return address.value().startsWith(in(workspace, "").value());
  }

  /** The last segment, in lower case: the name that people and roles are looked up by. */
  public static String name(String written) {
    String path = strip(written).toLowerCase(Locale.ROOT);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether this is the built-in runtime in any of its spellings. */
  public static boolean core(String written) {
    return name(written).equals(CORE);
  }

  private static String strip(String written) {
    String text = written.strip();
    for (String scheme : List.of("agent://", "agent:/", "initiator://", "actor://")) {
      if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return text.substring(scheme.length());
      }
    }
    return text;
  }

  /** The slug of a service account's name: lower case, other characters become hyphens. */
  public static String slug(String name) {
    String last = name.contains("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
    String slug = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    return slug.replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
  }
}
