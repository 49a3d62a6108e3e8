package dev.axme.server.identity;

import dev.axme.core.IntentId;
import dev.axme.core.TaskId;
import dev.axme.store.Directory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One-time values that let one browser decide one task. A nonce is random, runs out and is signed,
 * so that none is stored; that it counts once comes from sending it as the decision's idempotency
 * key. Every node signs with the same secret. Safe for any thread.
 */
public final class Nonces {
  /** How long a page may stay open before it must be loaded again. */
  public static final Duration LIFE = Duration.ofHours(12);

  private static final String SECRET = "nonce_secret";
  private static final Pattern NONCE =
      Pattern.compile("([0-9a-f]{32})\\.([0-9]{1,12})\\.([0-9a-f]{64})");

  private final byte[] secret;
  private final Supplier<Instant> now;

  /** Reads the secret, or makes it when this is the first node; may block. */
  public Nonces(Directory directory, Supplier<Instant> now) {
    this.secret = Secrets.kept(directory, SECRET);
    this.now = now;
  }

  /** A new nonce for this session and task. */
  public String issue(String sessionHash, IntentId intent, TaskId task) {
    String random = Secrets.secret().substring(0, 32);
    String until = Long.toString(now.get().plus(LIFE).getEpochSecond());
    return random + "." + until + "." + mac(random, until, sessionHash, intent, task);
  }

  /** Whether {@code nonce} was issued for just this session and task and has not run out. */
  public boolean valid(String nonce, String sessionHash, IntentId intent, TaskId task) {
    Matcher parts = NONCE.matcher(nonce);
    if (!parts.matches()) {
      return false;
    }
    String mac = mac(parts.group(1), parts.group(2), sessionHash, intent, task);
    return Secrets.equal(mac, parts.group(3))
        && now.get().getEpochSecond() < Long.parseLong(parts.group(2));
  }

  private String mac(
      String random, String until, String sessionHash, IntentId intent, TaskId task) {
    String text =
        String.join("\n", "decide", random, until, sessionHash, intent.toString(), task.toString());
    return HexFormat.of().formatHex(Secrets.hmac(secret, text.getBytes(StandardCharsets.UTF_8)));
  }
}
