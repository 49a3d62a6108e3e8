package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Effect;
import dev.axme.core.IntentId;

/**
 * Something in a mailbox, numbered by the workspace's position at which it came there.
 *
 * @param kind why it lies there
 */
public record Mail(long position, Address to, Effect.Mail kind, IntentId intent, Place place) {}
