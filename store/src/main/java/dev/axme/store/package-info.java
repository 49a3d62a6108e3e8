/**
 * The log and what hangs on it. Start at {@link dev.axme.store.Store}, the port; {@link
 * dev.axme.store.Rows} turns what happened into rows; the packages {@code sqlite} and {@code
 * postgres} write them. {@link dev.axme.store.Directory} is the other half: who is who.
 */
@NullMarked
package dev.axme.store;

import org.jspecify.annotations.NullMarked;
