/**
 * Work that is pushed to agents with an HTTP endpoint of their own (protocol sections 4.1 and 4.2).
 *
 * <p>Begin at {@link dev.axme.server.push.Pushes}, the parts; {@link
 * dev.axme.server.push.PushChannel} is what happens to one parcel.
 */
@NullMarked
package dev.axme.server.push;

import org.jspecify.annotations.NullMarked;
