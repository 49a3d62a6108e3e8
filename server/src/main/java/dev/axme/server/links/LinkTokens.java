package dev.axme.server.links;

import dev.axme.core.IntentId;
import dev.axme.core.TaskId;
import dev.axme.server.identity.Secrets;
import dev.axme.store.Directory;
import dev.axme.store.Place;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Signs links and reads them. A token carries all that it says and a MAC over it, so that none is
 * stored and the same question to the same address always has the same link. Every node signs with
 * the same secret. Safe for any thread; reading a token asks nobody.
 */
public final class LinkTokens {
  /** Where the page of a link is, before its token. */
  public static final String PATH = "/t/";

  private static final String SECRET = "link_secret";

  /** Half of the digest: a guess is right once in 2^128. */
  private static final int MAC_BYTES = 16;

  private final byte[] secret;

  /** Reads the secret, or makes it when this is the first node; may block. */
  public LinkTokens(Directory directory) {
    this.secret = Secrets.kept(directory, SECRET);
  }

  /** The address of the page on which {@code address} answers {@code task}. */
  public String url(
      String publicUrl, Place place, IntentId intent, TaskId task, String address, int generation) {
    return publicUrl + PATH + token(new TaskLink(place, intent, task, address, generation));
  }

  /** The token of a link: always the same for the same link. */
  public String token(TaskLink link) {
    byte[] body = LinkBytes.write(link);
    byte[] mac = mac(body);
    byte[] whole = Arrays.copyOf(mac, mac.length + body.length);
    System.arraycopy(body, 0, whole, mac.length, body.length);
    return LinkBytes.text(whole);
  }

  /** What a token says; empty unless this server has signed just this. */
  public Optional<TaskLink> read(String token) {
    return LinkBytes.bytes(token)
        .filter(whole -> whole.length > MAC_BYTES)
        .flatMap(
            whole -> {
              byte[] body = Arrays.copyOfRange(whole, MAC_BYTES, whole.length);
              boolean ours = MessageDigest.isEqual(mac(body), Arrays.copyOf(whole, MAC_BYTES));
              return ours ? Optional.of(LinkBytes.read(body)) : Optional.empty();
            });
  }

  private byte[] mac(byte[] body) {
    return Arrays.copyOf(Secrets.hmac(secret, body), MAC_BYTES);
  }
}
