package dev.axme.server.http;

/** Answers one call. The one form that every route has. */
@FunctionalInterface
public interface Handler {
  /**
   * The reply; a {@link Problem} may be thrown from anywhere inside and becomes the error's body.
   */
  Reply handle(Call call);
}
