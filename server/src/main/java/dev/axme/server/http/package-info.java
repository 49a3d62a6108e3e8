/**
 * The edge: requests in, replies out. Vert.x is hidden here; a {@link dev.axme.server.http.Handler}
 * sees a {@link dev.axme.server.http.Call} and answers a {@link dev.axme.server.http.Reply}. Start
 * at {@link dev.axme.server.http.Route}.
 */
@NullMarked
package dev.axme.server.http;

import org.jspecify.annotations.NullMarked;
