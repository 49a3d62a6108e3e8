/** The crash harness, a few kills on each store. Start reading at {@link CrashTest}. */
@NullMarked
package dev.axme.bench.crash;

import org.jspecify.annotations.NullMarked;
