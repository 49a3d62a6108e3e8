package dev.axme.core;

/**
 * Bytes that the rules only name: they are stored once, by digest, and are not part of the fold.
 */
public record Payload(Digest digest, int size) {}
