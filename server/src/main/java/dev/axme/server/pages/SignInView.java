package dev.axme.server.pages;

import org.jspecify.annotations.Nullable;

/**
 * The page for somebody without a session: how to get a link that signs them in.
 *
 * @param command what whoever runs the server types, usually {@code axme sign-in}
 */
public record SignInView(Frame frame, String command, @Nullable Notice notice) {}
