/**
 * Calls to addresses that others chose: no private address, no redirect, bounded in time and size.
 */
@NullMarked
package dev.axme.channels.http;

import org.jspecify.annotations.NullMarked;
