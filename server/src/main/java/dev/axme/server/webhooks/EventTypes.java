package dev.axme.server.webhooks;

import dev.axme.server.http.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** What there is to subscribe to: types such as {@code intent.completed}, in families. */
final class EventTypes {
  /** What {@code axme webhooks test} sends, to one subscription, whatever it asked for. */
  static final String TEST = "webhook.test";

  private static final String ALL = "*";
  private static final String ANY = ".*";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,63}");

  /** The types of each family; a family without any takes every name. */
  private static final SequencedMap<String, List<String>> FAMILIES = new LinkedHashMap<>();

  static {
    FAMILIES.put("intent", List.of());
    FAMILIES.put(
        "task", List.of("opened", "reminded", "escalated", "decided", "expired", "canceled"));
    FAMILIES.put("inbox", List.of("thread_created", "thread_updated", "reply_received"));
    FAMILIES.put("invite", List.of("accepted"));
    FAMILIES.put("auth", List.of("session_revoked"));
  }

  /** Families that follow from the log: nobody else may say that such a thing happened. */
  private static final List<String> FROM_THE_LOG = List.of("intent", "task");

  private EventTypes() {}

  /** A type that one may subscribe to, wildcards among them; 422 otherwise. */
  static String wanted(String written) {
    String type = written.strip();
    boolean wildcard =
        type.equals(ALL)
            || (type.endsWith(ANY)
                && FAMILIES.containsKey(type.substring(0, type.length() - ANY.length())));
    if (!wildcard && !known(type)) {
      throw Problem.invalid("event_types", "knows no " + written + ". " + list());
    }
    return type;
  }

  /** A type that clients may publish; 422 otherwise. */
  static String published(String written) {
    String type = written.strip();
    if (!known(type)) {
      throw Problem.invalid("event_type", "is none that is known: " + written + ". " + list());
    }
    if (FROM_THE_LOG.contains(family(type))) {
      throw Problem.invalid(
          "event_type",
          "cannot be published: the server itself tells of intents and tasks, as they happen.");
    }
    return type;
  }

  private static boolean known(String type) {
    int dot = type.indexOf('.');
    if (dot < 0) {
      return false;
    }
    String name = type.substring(dot + 1);
    return Optional.ofNullable(FAMILIES.get(type.substring(0, dot)))
        .filter(names -> names.isEmpty() ? NAME.matcher(name).matches() : names.contains(name))
        .isPresent();
  }

  /** Whether who asked for {@code wanted} wants to be told of {@code type}. */
  static boolean match(List<String> wanted, String type) {
    return wanted.contains(type) || wanted.contains(ALL) || wanted.contains(family(type) + ANY);
  }

  private static String family(String type) {
    return type.substring(0, type.indexOf('.'));
  }

  private static String list() {
    StringBuilder list = new StringBuilder("Known are *");
    FAMILIES.forEach(
        (family, names) -> {
          list.append(", ").append(family).append(ANY);
          names.forEach(name -> list.append(", ").append(family).append('.').append(name));
        });
    return list.append(", and every type of an intent's events, such as intent.completed.")
        .toString();
  }
}
