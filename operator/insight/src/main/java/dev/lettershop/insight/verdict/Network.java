package dev.lettershop.insight.verdict;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The neighbourhood of an address: the first 24 bits of IPv4, the first 48 of IPv6.
 *
 * @param bits what neighbours have in common
 */
record Network(long bits) {
  private static final int V4 = 3;
  private static final int V6 = 6;

  static Network of(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean four = bytes.length == 4;
    // The leading one keeps networks of the two versions apart.
    long bits = four ? 1 : 2;
    for (byte one : Arrays.copyOf(bytes, four ? V4 : V6)) {
      bits = bits << Byte.SIZE | (one & 0xff);
    }
    return new Network(bits);
  }
}
