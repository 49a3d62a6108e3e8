/**
 * What leaves the server, and why. Begin with {@link dev.axme.server.outbox.Outward}: the list of
 * ways out. An {@link dev.axme.server.outbox.Outlet} says what follows from an append; a channel
 * sends it afterwards.
 */
@NullMarked
package dev.axme.server.outbox;

import org.jspecify.annotations.NullMarked;
