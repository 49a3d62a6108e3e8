/**
 * The real world for tests: a PostgreSQL that can be stopped and killed, and a network that can be
 * cut. Start reading at {@link dev.axme.store.testing.PostgresServer}. {@link
 * dev.axme.store.testing.StoreVerifier} holds what a store has written against its log.
 */
@NullMarked
package dev.axme.store.testing;

import org.jspecify.annotations.NullMarked;
