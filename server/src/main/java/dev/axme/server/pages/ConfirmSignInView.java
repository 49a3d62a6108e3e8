package dev.axme.server.pages;

import java.time.Instant;

/**
 * The page behind a one-time link: one button, whose POST signs in. Opening it uses nothing up,
 * because mail scanners and previews open links too.
 *
 * @param name who will be signed in
 * @param action where the button posts to
 * @param token the link's secret, posted back
 * @param expiresAt until when the link works
 */
public record ConfirmSignInView(
    Frame frame, String name, String action, String token, Instant expiresAt) {

  /** The name of the input that carries the token. */
  public static final String TOKEN = "token";
}
