/**
 * Webhooks: HTTP addresses that are told what happens. Start at {@link
 * dev.axme.server.webhooks.WebhookRoutes}; {@link dev.axme.server.webhooks.EventTypes} says what
 * there is to be told, {@link dev.axme.server.webhooks.Signatures} how a receiver knows us.
 */
@NullMarked
package dev.axme.server.webhooks;

import org.jspecify.annotations.NullMarked;
