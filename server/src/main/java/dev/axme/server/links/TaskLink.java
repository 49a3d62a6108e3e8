package dev.axme.server.links;

import dev.axme.core.IntentId;
import dev.axme.core.TaskId;
import dev.axme.store.Place;
import java.util.Locale;

/**
 * What a link says, signed: this address was asked this question.
 *
 * @param address an e-mail address, in lower case
 * @param generation of the question's links when it was made: a later one revokes it
 */
public record TaskLink(Place place, IntentId intent, TaskId task, String address, int generation) {
  public TaskLink {
    address = address.toLowerCase(Locale.ROOT);
    if (generation < 0) {
      throw new IllegalArgumentException("Expected a generation from 0 on, found " + generation);
    }
  }
}
