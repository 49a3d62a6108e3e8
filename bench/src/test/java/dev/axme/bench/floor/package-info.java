/** That the floor does what it is compared for. Start reading at {@link FloorTest}. */
@NullMarked
package dev.axme.bench.floor;

import org.jspecify.annotations.NullMarked;
