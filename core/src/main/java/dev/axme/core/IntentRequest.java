package dev.axme.core;

import java.util.Optional;
import java.util.UUID;

/**
 * What a sender asked for: the part of an intent that never changes.
 *
 * @param from the address of the calling key
 * @param claimedFrom the {@code from_agent} that the client wrote, kept for audit
 * @param to the mailbox, normalised
 * @param toAsWritten what reads show as {@code to_agent}
 * @param toRegistered whether {@code to} was a registered agent when the intent was sent; if not,
 *     any key of the workspace may finish it (protocol section 3.7)
 * @param trace what the sender said about the trace that it is part of, as the edge wrote it down
 */
public record IntentRequest(
    String type,
    Address from,
    Optional<String> claimedFrom,
    Mailbox to,
    String toAsWritten,
    boolean toRegistered,
    UUID correlation,
    Payload payload,
    Optional<Payload> metadata,
    Optional<Mailbox> replyTo,
    int maxDeliveryAttempts,
    Optional<ReminderPlan> reminders,
    Optional<String> trace) {

  /** The same as part of a trace. */
  public IntentRequest traced(String by) {
    return new IntentRequest(
        type,
        from,
        claimedFrom,
        to,
        toAsWritten,
        toRegistered,
        correlation,
        payload,
        metadata,
        replyTo,
        maxDeliveryAttempts,
        reminders,
        Optional.of(by));
  }
}
