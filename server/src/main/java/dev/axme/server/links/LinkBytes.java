package dev.axme.server.links;

import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The bytes of a link, which are as few as they can be without asking anybody: a byte that says how
 * to read them, the ids, the generation, the address. The address is last, so that the text never
 * ends in {@code -} or {@code _}, which programs that look for links in a mail take for
 * punctuation.
 */
final class LinkBytes {
  /** The root has the intent's id, as it has unless the intent is a step of another's. */
  private static final byte OF_ITS_OWN = 1;

  private static final byte OF_ANOTHER = 2;

  /** Room for an address of 254 characters outside of ASCII. */
  private static final int LONGEST = 2_000;

  private static final int UUID_BYTES = 16;

  private LinkBytes() {}

  static byte[] write(TaskLink link) {
    boolean own = link.place().root().value().equals(link.intent().value());
    byte[] address = link.address().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + 4 * UUID_BYTES + 5 + address.length);
    bytes.put(own ? OF_ITS_OWN : OF_ANOTHER);
    put(bytes, link.place().home().value());
    put(bytes, link.intent().value());
    put(bytes, link.task().value());
    if (!own) {
      put(bytes, link.place().root().value());
    }
    putNumber(bytes, link.generation());
    bytes.put(address);
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    return written;
  }

  /** Reads what {@link #write} wrote; whoever calls has checked that it did. */
  static TaskLink read(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    boolean own = bytes.get() == OF_ITS_OWN;
    WorkspaceId home = new WorkspaceId(uuid(bytes));
    IntentId intent = new IntentId(uuid(bytes));
    TaskId task = new TaskId(uuid(bytes));
    RootId root = new RootId(own ? intent.value() : uuid(bytes));
    int generation = number(bytes);
    byte[] address = new byte[bytes.remaining()];
    bytes.get(address);
    return new TaskLink(
        new Place(home, root),
        intent,
        task,
        new String(address, StandardCharsets.UTF_8),
        generation);
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** Seven bits a byte, the lowest first: one byte for every generation that there will be. */
  private static void putNumber(ByteBuffer bytes, int number) {
    int rest = number;
    while (rest > 0x7F) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static int number(ByteBuffer bytes) {
    int number = 0;
    int shift = 0;
    byte next = bytes.get();
    while (next < 0) {
      number |= (next & 0x7F) << shift;
      shift += 7;
      next = bytes.get();
    }
    return number | (next << shift);
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes of a token in the one way in which it is written; empty for any other. */
  static Optional<byte[]> bytes(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return text(bytes).equals(token) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
