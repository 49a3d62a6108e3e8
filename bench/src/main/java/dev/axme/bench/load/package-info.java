/**
 * The load generator: a closed loop over keep-alive connections on one thread, because it shares
 * the machine with what it measures. Start reading at {@link dev.axme.bench.load.HttpLoop}.
 */
@NullMarked
package dev.axme.bench.load;

import org.jspecify.annotations.NullMarked;
