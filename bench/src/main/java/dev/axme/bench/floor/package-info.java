/**
 * What the machine could do at best: the disk's sync rate, bare HTTP, and the bare group commit of
 * the same bytes through HTTP. Start reading at {@link dev.axme.bench.floor.FloorServer}.
 */
@NullMarked
package dev.axme.bench.floor;

import org.jspecify.annotations.NullMarked;
