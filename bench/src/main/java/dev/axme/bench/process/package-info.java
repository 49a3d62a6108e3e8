/**
 * Child processes: the real server and the floor, each in a process of its own. Start reading at
 * {@link dev.axme.bench.process.ServerProcess}.
 */
@NullMarked
package dev.axme.bench.process;

import org.jspecify.annotations.NullMarked;
