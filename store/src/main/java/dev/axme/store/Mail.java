package dev.axme.store;

import dev.axme.core.IntentId;

/** Something in a mailbox, numbered by the workspace's position at which it came there. */
public record Mail(long position, IntentId intent, Place place) {}
