package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Notification;
import java.util.List;
import java.util.UUID;

/** Word to a person as one line: when, what, to whom, and what became of it. */
final class NotificationLine {
  private NotificationLine() {}

  /** All of an intent's; none where they are not for us to see, or the server knows of none. */
  static List<Notification> all(AxmeClient client, UUID intent) {
    try {
      return client.notifications(intent);
    } catch (AxmeException e) {
      return List.of();
    }
  }

  /** The line, as wide as those of events. */
  static String of(Notification notification, Ink ink) {
    String words = Words.safe(words(notification));
    return ink.faint(Words.clock(notification.at()))
        + "      "
        + (notification.state().equals("failed") ? ink.red(words) : ink.faint(words));
  }

  private static String words(Notification n) {
    String what = what(n) + n.to().map(to -> " to " + to).orElse("");
    String answer = n.answer().map(a -> ": " + a).orElse("");
    return switch (n.state()) {
      case "sent" -> what + " sent" + answer;
      case "failed" ->
          what + (n.last() ? " failed for good" : " failed, it is tried again") + answer;
      case "seen" -> n.to().orElse("Somebody") + " opened the link, or a mail scanner did";
      default -> what + " skipped" + answer;
    };
  }

  private static String what(Notification n) {
    return switch (n.kind()) {
      case "asked" -> "mail";
      case "reminded" -> "reminder " + n.number();
      case "escalated" -> "mail of the escalation";
      case "ended" -> "last word";
      case "told" -> "notice";
      default -> n.kind();
    };
  }
}
