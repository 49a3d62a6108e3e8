/**
 * Who calls, and what they may: keys, sessions, people and service accounts. Start at {@link
 * dev.axme.server.identity.Callers}.
 */
@NullMarked
package dev.axme.server.identity;

import org.jspecify.annotations.NullMarked;
