/**
 * The running server in trouble, for real: system calls watched, a full disk, a database that is
 * away, and two servers that are asked for one thing at once. Start reading at {@link
 * dev.axme.bench.trouble.Running}.
 */
@NullMarked
package dev.axme.bench.trouble;

import org.jspecify.annotations.NullMarked;
