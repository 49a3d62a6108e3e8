package dev.axme.server.intents;

import dev.axme.core.Address;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Known;
import dev.axme.server.identity.Recipient;

/** Who may be sent to (section 10.5): another organization is closed to everybody else's agents. */
final class Receivers {
  private Receivers() {}

  /** The address that a field means; 422 when it means none. */
  static Address address(String field, String written, Caller caller) {
    return Addresses.normalise(written, caller.workspace())
        .orElseThrow(
            () ->
                new Problem(
                    422,
                    "invalid_agent_address",
                    field + " is no address: " + written + ". Write agent://name, or a name."));
  }

  /**
   * Whose the address is; 403 when it is another organization's. {@code known} must be able to
   * tell: one from {@link dev.axme.server.identity.Callers#load} always is.
   */
  static Recipient open(String field, Address address, Known known) {
    Recipient recipient =
        known
            .recipient(address)
            .orElseThrow(() -> new IllegalStateException("Expected to know whose is " + address));
    if (recipient instanceof Recipient.Foreign) {
      throw new Problem(
          403,
          "receiver_org_closed",
          field
              + " "
              + address
              + " belongs to another organization, which takes nothing from outside. Send to an"
              + " agent of your own organization.");
    }
    return recipient;
  }
}
