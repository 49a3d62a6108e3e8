/**
 * The server: {@link dev.axme.server.Server} reads top to bottom as the list of its parts, {@link
 * dev.axme.server.Settings} is the one table of its settings. Requests enter in {@code http}, what
 * they are about is in {@code intents}, {@code identity} and {@code web}; {@code pages} makes HTML.
 */
@NullMarked
package dev.axme.server;

import org.jspecify.annotations.NullMarked;
