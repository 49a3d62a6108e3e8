/**
 * Scenarios: a bundle of agents, people and steps becomes an intent with a compiled workflow. Start
 * at {@link dev.axme.server.scenarios.ScenarioRoutes}; {@link dev.axme.server.scenarios.Shape} is
 * every field, {@link dev.axme.server.scenarios.StepKind} is what a step turns out to be.
 */
@NullMarked
package dev.axme.server.scenarios;

import org.jspecify.annotations.NullMarked;
