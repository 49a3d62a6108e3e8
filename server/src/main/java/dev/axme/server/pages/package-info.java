/**
 * What people see: values in, HTML out; nothing here knows of HTTP, the store or the engine.
 *
 * <p>Start at {@link dev.axme.server.pages.Pages}, one method a page; a route fills the view
 * records ({@link dev.axme.server.pages.TaskView} is the large one). {@link
 * dev.axme.server.pages.PayloadTable} turns a payload into rows, {@link
 * dev.axme.server.pages.DecisionForm} a form's schema into fields and a post back into values. The
 * templates are in {@code src/main/jte}, the style sheet in {@code src/main/resources/assets}.
 *
 * <p>Every text is written by an agent and is hostile until proven otherwise: templates escape,
 * sizes are bounded, and {@link dev.axme.server.pages.Visible} shows what wants to be invisible.
 */
@NullMarked
package dev.axme.server.pages;

import org.jspecify.annotations.NullMarked;
