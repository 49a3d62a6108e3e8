package dev.axme.server.pages;

/**
 * A time as a page shows it: a few words, the exact time for a hover, and the form for machines.
 */
public record When(String text, String exact, String iso) {}
