/**
 * Holds what a store has written against its log, when no server is on it: after a crash run, and
 * in the tests of both databases. Start reading at {@link dev.axme.store.verify.StoreVerifier}.
 */
@NullMarked
package dev.axme.store.verify;

import org.jspecify.annotations.NullMarked;
