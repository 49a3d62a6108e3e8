package dev.axme.server.intents;

import dev.axme.core.Address;
import dev.axme.core.Mailbox;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Known;
import dev.axme.server.identity.Recipient;
import java.util.Optional;

/** Who may be sent to (section 10.5): another organization is closed to everybody else's agents. */
public final class Receivers {
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
   * Where what is sent to the address is kept; 403 when it is another organization's. {@code known}
   * must be able to tell: one from {@link dev.axme.server.identity.Callers#load} always is.
   */
  public static Mailbox mailbox(String field, Address address, Known known) {
    return mailbox(field, address, recipient(address, known));
  }

  /** Whose the address is. */
  static Recipient recipient(Address address, Known known) {
    return known
        .recipient(address)
        .orElseThrow(() -> new IllegalStateException("Expected to know whose is " + address));
  }

  static Mailbox mailbox(String field, Address address, Recipient recipient) {
    return switch (recipient) {
      case Recipient.Here _ -> Mailbox.here(address);
      case Recipient.Nobody n -> new Mailbox(address, n.named());
      case Recipient.Elsewhere there -> new Mailbox(address, Optional.of(there.workspace()));
      case Recipient.Foreign _ ->
          throw new Problem(
              403,
              "receiver_org_closed",
              field
                  + " "
                  + address
                  + " belongs to another organization, which takes nothing from outside. Send to an"
                  + " agent of your own organization.");
    };
  }
}
