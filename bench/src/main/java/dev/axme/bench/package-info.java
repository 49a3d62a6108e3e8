/**
 * Measures the real server and tries to break it. Start reading at {@link dev.axme.bench.Main}, the
 * list of commands; {@link dev.axme.bench.Bench} is one run, from the machine's facts over the
 * floors to the figures. Nothing here is part of the product.
 */
@NullMarked
package dev.axme.bench;

import org.jspecify.annotations.NullMarked;
