/**
 * Intents on the wire: bodies to commands, answers and events to JSON, the event stream. Start at
 * {@link dev.axme.server.intents.IntentRoutes}; {@link dev.axme.server.intents.Wire} is what
 * clients see of an intent.
 */
@NullMarked
package dev.axme.server.intents;

import org.jspecify.annotations.NullMarked;
