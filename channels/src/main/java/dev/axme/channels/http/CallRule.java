package dev.axme.channels.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses the server calls for others.
 *
 * @param privateAllowed also those of this machine and of the networks around it; never those where
 *     a cloud hands out credentials
 */
public record CallRule(boolean privateAllowed) {
  /**
   * Why this URL is not called, as far as that can be said without looking its name up; empty when
   * it may be stored.
   *
   * @return the end of a sentence that begins with the field's name
   */
  public Optional<String> refusal(String url) {
    return switch (Target.parse(url)) {
      case Target.Bad bad -> Optional.of(bad.why());
      case Target.Good(Target target) ->
          target
              .literal()
              .or(() -> localhost(target.host()))
              .flatMap(a -> refusal(List.of(a)))
              .map(why -> "must not lead to " + why);
    };
  }

  private static Optional<InetAddress> localhost(String name) {
    boolean local = name.equals("localhost") || name.endsWith(".localhost");
    return local ? Optional.of(InetAddress.getLoopbackAddress()) : Optional.empty();
  }

  /** Why none of these is connected to: the first that may not be forbids all. */
  Optional<String> refusal(List<InetAddress> addresses) {
    return addresses.stream().flatMap(a -> refusal(a).stream()).findFirst();
  }

  private Optional<String> refusal(InetAddress address) {
    return switch (Network.of(address)) {
      case PUBLIC -> Optional.empty();
      case PRIVATE ->
          privateAllowed
              ? Optional.empty()
              : Optional.of(
                  "the private address %s; --allow-private-callbacks allows those."
                      .formatted(address.getHostAddress()));
      case FORBIDDEN ->
          Optional.of("the address %s, which is never called.".formatted(address.getHostAddress()));
    };
  }
}
