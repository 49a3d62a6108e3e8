package dev.axme.store;

import dev.axme.core.Person;
import java.util.Optional;

/**
 * Which tasks to list: those that {@code person} may decide, or that they could have decided.
 *
 * @param open waiting ones by id, else ended ones by their end, newest first
 */
public record TaskQuery(Person person, boolean open, Optional<String> after, int limit) {}
