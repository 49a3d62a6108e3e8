/**
 * The one executable. Start reading at {@link dev.axme.cli.Main}, then {@link
 * dev.axme.cli.Commands}, the list of what can be typed; each command is a class of its own that
 * works through {@link dev.axme.cli.Cli}. Only {@code up}, {@code demo} and what else touches a
 * data directory loads the server.
 */
@NullMarked
package dev.axme.cli;

import org.jspecify.annotations.NullMarked;
