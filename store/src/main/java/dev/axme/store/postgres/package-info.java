/**
 * The store on PostgreSQL. Start at its {@code Store}; it hands one batch to its {@code Appender}.
 */
@NullMarked
package dev.axme.store.postgres;

import org.jspecify.annotations.NullMarked;
