/**
 * Links that let somebody decide one question without signing in. Start at {@link
 * dev.axme.server.links.LinkTokens}, which signs and reads them; the page behind a link is in
 * {@code dev.axme.server.web}.
 */
@NullMarked
package dev.axme.server.links;

import org.jspecify.annotations.NullMarked;
