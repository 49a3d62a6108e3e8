/**
 * What moves: commands into commits, commits into news, time into commands. Start at {@link
 * dev.axme.engine.Engine}; {@code Committer} is the one path by which anything about an intent
 * changes, and {@code Batch} is what it does inside the transaction.
 */
@NullMarked
package dev.axme.engine;

import org.jspecify.annotations.NullMarked;
