package dev.axme.store;

import java.time.Instant;
import java.util.List;

/** What a transaction found, one {@link Found} for each {@link Want} and in the same order. */
public record Snapshot(Instant now, List<Found> found) {}
