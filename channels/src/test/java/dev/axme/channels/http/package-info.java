/** Calls against endpoints that mean well, and against all others. */
@NullMarked
package dev.axme.channels.http;

import org.jspecify.annotations.NullMarked;
