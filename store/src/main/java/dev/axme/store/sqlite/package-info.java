/** The store on SQLite. Start at its {@code Store}; it hands one batch to its {@code Appender}. */
@NullMarked
package dev.axme.store.sqlite;

import org.jspecify.annotations.NullMarked;
