package dev.axme.server.pages;

import java.util.Locale;
import java.util.Set;

/**
 * The one sentence that says who wants to do what: "deploy-agent wants to deploy model v2.3".
 *
 * <p>Titles are free text. Only one that begins with a verb for the agent's own doing becomes
 * "wants to"; every other one is quoted after "asks", so that the sentence stays true and
 * grammatical.
 */
public final class Headline {

  private static final int LONGEST = 200;

  private static final Set<String> DOING =
      Set.of(
          ("accept access activate add adjust allow allocate apply archive assign attach ban block"
                  + " book buy call cancel change charge clean clear close commit configure connect"
                  + " contact convert copy create deactivate decommission delete deploy destroy"
                  + " disable disconnect discard downgrade downscale drain drop edit email enable"
                  + " erase execute export extend fail file fix flush force forward generate give"
                  + " grant hire import increase install invite invoice issue kill launch lower mail"
                  + " make mark merge migrate modify move notify onboard offboard open order"
                  + " overwrite pause pay perform place post process promote provision publish"
                  + " purchase purge push raise read reassign rebuild reboot record reduce refund"
                  + " reimburse reindex release remove rename renew reopen replace reset resize"
                  + " restart restore resume revert revoke roll rollback rotate run scale schedule"
                  + " sell send set share ship shut sign spend start stop submit suspend switch"
                  + " sync terminate train transfer truncate turn unblock uninstall unlock update"
                  + " upgrade upload use wipe withdraw write")
              .split(" "));

  private Headline() {}

  /** Who wants to do what; {@code from} is a name or an agent's address. */
  public static String of(String from, String title) {
    String what = Labels.clip(title.strip(), LONGEST);
    String who = nameOf(from);
    if (what.isEmpty()) {
      return who + " asks for a decision";
    }
    int end = what.indexOf(' ');
    String first = end < 0 ? what : what.substring(0, end);
    if (!what.endsWith("?") && DOING.contains(first.toLowerCase(Locale.ROOT))) {
      return who + " wants to " + first.toLowerCase(Locale.ROOT) + what.substring(first.length());
    }
    return who + " asks: " + what;
  }

  /** The part of an address that people know: the last segment, without its scheme. */
  public static String nameOf(String address) {
    String path = address.strip();
    if (path.contains("://")) {
      path = path.substring(path.indexOf("://") + 3);
      path = path.substring(path.lastIndexOf('/') + 1);
    }
    return path.isEmpty() ? "An agent" : Labels.clip(path, 80);
  }
}
