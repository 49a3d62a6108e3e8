/**
 * What a server measures, and how it is read: {@code /metrics} in Prometheus' text form. Begin at
 * {@link dev.axme.server.metrics.Metrics}; {@code docs/metrics.md} says what each one means.
 */
@NullMarked
package dev.axme.server.metrics;

import org.jspecify.annotations.NullMarked;
