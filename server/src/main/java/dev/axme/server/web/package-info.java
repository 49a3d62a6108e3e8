/**
 * The browser's routes: signing in with a link, the list of what waits, one request and its
 * decision, and the same page behind a link that needs no signing in. Start at {@link
 * dev.axme.server.web.WebRoutes}, the table of them; {@link dev.axme.server.web.DecisionPost} is
 * the only one that changes a request, and it does so on the same path as the API.
 *
 * <p>A GET changes nothing: mail scanners and previews follow links.
 */
@NullMarked
package dev.axme.server.web;

import org.jspecify.annotations.NullMarked;
