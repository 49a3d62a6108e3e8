package dev.axme.server.scenarios;

import dev.axme.server.identity.Callbacks;

/** What a server lets a bundle say: the size of a payload in bytes, and where agents may be. */
record Limits(int maxPayload, Callbacks callbacks) {}
