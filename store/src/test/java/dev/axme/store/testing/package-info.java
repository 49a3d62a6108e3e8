/**
 * The real world for tests: a PostgreSQL that can be stopped and killed, and a network that can be
 * cut. Start reading at {@link dev.axme.store.testing.PostgresServer}.
 */
@NullMarked
package dev.axme.store.testing;

import org.jspecify.annotations.NullMarked;
