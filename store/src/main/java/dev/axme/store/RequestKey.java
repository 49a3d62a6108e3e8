package dev.axme.store;

import dev.axme.core.Digest;

/**
 * An idempotency key as the protocol counts it (section 1.8).
 *
 * @param identity the service account or person, never the single API key
 * @param route method and concrete path
 * @param key what the client chose
 * @param hash SHA-256 over the canonical body; another one under the same key is a conflict
 */
public record RequestKey(String identity, String route, String key, Digest hash) {}
