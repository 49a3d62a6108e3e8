/**
 * Runs the examples as a user would, against a real server that is killed while they wait. Start
 * reading at {@link dev.axme.examples.ApprovalContract}.
 */
@NullMarked
package dev.axme.examples;

import org.jspecify.annotations.NullMarked;
