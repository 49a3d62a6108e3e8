/**
 * Inboxes (protocol section 7). Begin with {@link dev.axme.server.inbox.InboxThread}: what an
 * intent, its deliveries and what was done to a thread come to for one owner. {@link
 * dev.axme.server.inbox.InboxReader} finds them, {@link dev.axme.server.inbox.InboxRoutes} lists
 * them, {@link dev.axme.server.inbox.ThreadActs} and {@link dev.axme.server.inbox.ThreadDecisions}
 * change them.
 */
@NullMarked
package dev.axme.server.inbox;

import org.jspecify.annotations.NullMarked;
