package dev.axme.store;

/**
 * What a caller authenticated with.
 *
 * @param id a key's id, or a session's hash
 * @param session whether it is a session
 * @param directoryVersion the directory's version when it was found valid
 */
public record Credential(String id, boolean session, long directoryVersion) {}
