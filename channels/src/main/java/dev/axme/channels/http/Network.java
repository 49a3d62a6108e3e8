package dev.axme.channels.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * What kind of network an address belongs to, by the registries of special addresses (RFC 6890 and
 * its successors) and by what clouds answer secrets on.
 */
enum Network {
  /** Anybody's. */
  PUBLIC,
  /** Of this machine or of the network around it; for whoever runs the server to allow. */
  PRIVATE,
  /** Where no endpoint can be, or where a cloud hands out its credentials. */
  FORBIDDEN;

  private record Block(Network network, InetAddress from, int bits) {
    static Block of(Network network, String cidr) {
      int slash = cidr.indexOf('/');
      InetAddress from = InetAddress.ofLiteral(cidr.substring(0, slash));
      return new Block(network, from, Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean holds(byte[] address) {
      byte[] start = from.getAddress();
      if (address.length != start.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, start, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      int mask = 0xff << (8 - rest) & 0xff;
      return rest == 0 || (address[whole] & mask) == (start[whole] & mask);
    }
  }

  /** The first that holds an address says what it is. */
  private static final List<Block> BLOCKS =
      List.of(
          // Metadata of clouds: most of them, AWS on IPv6 and for containers, Alibaba, Oracle,
          // Azure.
          Block.of(FORBIDDEN, "169.254.169.254/32"),
          Block.of(FORBIDDEN, "169.254.169.253/32"),
          Block.of(FORBIDDEN, "169.254.170.0/24"),
          Block.of(FORBIDDEN, "fd00:ec2::/32"),
          Block.of(FORBIDDEN, "fd20:ce::254/128"),
          Block.of(FORBIDDEN, "100.100.100.200/32"),
          Block.of(FORBIDDEN, "192.0.0.192/32"),
          Block.of(FORBIDDEN, "168.63.129.16/32"),
          Block.of(PRIVATE, "0.0.0.0/8"),
          Block.of(PRIVATE, "10.0.0.0/8"),
          Block.of(PRIVATE, "100.64.0.0/10"),
          Block.of(PRIVATE, "127.0.0.0/8"),
          Block.of(PRIVATE, "169.254.0.0/16"),
          Block.of(PRIVATE, "172.16.0.0/12"),
          Block.of(PRIVATE, "192.168.0.0/16"),
          Block.of(PRIVATE, "198.18.0.0/15"),
          Block.of(FORBIDDEN, "192.0.0.0/24"),
          Block.of(FORBIDDEN, "192.0.2.0/24"),
          Block.of(FORBIDDEN, "192.88.99.0/24"),
          Block.of(FORBIDDEN, "198.51.100.0/24"),
          Block.of(FORBIDDEN, "203.0.113.0/24"),
          Block.of(FORBIDDEN, "224.0.0.0/3"),
          Block.of(PUBLIC, "0.0.0.0/0"),
          Block.of(PRIVATE, "::/127"),
          Block.of(PRIVATE, "fc00::/7"),
          Block.of(PRIVATE, "fe80::/10"),
          Block.of(PRIVATE, "fec0::/10"),
          Block.of(FORBIDDEN, "2001::/23"),
          Block.of(FORBIDDEN, "2001:db8::/32"),
          Block.of(FORBIDDEN, "3fff::/20"),
          Block.of(PUBLIC, "2000::/3"));

  static Network of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 ? ofSix(bytes) : ofBlock(bytes);
  }

  /** An address that leads to one of IPv4 is what that one is. */
  private static Network ofSix(byte[] bytes) {
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return within(bytes, 12);
    }
    if (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)) {
      return within(bytes, 12);
    }
    if (startsWith(bytes, 0x20, 0x02)) {
      return within(bytes, 2);
    }
    return ofBlock(bytes);
  }

  private static Network within(byte[] bytes, int from) {
    return of(four(Arrays.copyOfRange(bytes, from, from + 4)));
  }

  private static InetAddress four(byte[] bytes) {
    try {
      return Inet4Address.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Expected four bytes", e);
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static Network ofBlock(byte[] bytes) {
    return BLOCKS.stream()
        .filter(b -> b.holds(bytes))
        .findFirst()
        .map(Block::network)
        .orElse(FORBIDDEN);
  }
}
