/**
 * The rules: what a command does to an intent, as pure functions over values.
 *
 * <p>Start at {@link dev.axme.core.RuleTable}, the table of (phase, actor, command), then read
 * {@link dev.axme.core.IntentMachine}, which carries each cell out, and {@link dev.axme.core.Root},
 * the state that events fold to. Nothing here sees a clock, randomness, JSON, SQL, a log or a
 * thread.
 */
@NullMarked
package dev.axme.core;

import org.jspecify.annotations.NullMarked;
