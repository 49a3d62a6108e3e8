/** Placeholder. */
@org.jspecify.annotations.NullMarked
package dev.axme.store;
