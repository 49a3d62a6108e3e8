/**
 * Which trace a request is part of: it comes in with the request, stays with the intent, and goes
 * out with whatever leaves the server about it. Begin at {@link dev.axme.server.traces.Traces}.
 */
@NullMarked
package dev.axme.server.traces;

import org.jspecify.annotations.NullMarked;
