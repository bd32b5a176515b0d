package dev.lettershop.collector.track;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The network of a client: what is kept of its address. */
final class ClientNetwork {
  private static final int BITS_V4 = 24;
  private static final int BITS_V6 = 48;

  private ClientNetwork() {}

  /**
   * Such as {@code 203.0.113.0/24} or {@code 2001:db8:1::/48}; null for what is not an address.
   *
   * @param client address of the client
   */
  static String of(String client) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(client);
    if (bytes == null) {
      return null;
    }
    int bits = bytes.length == 4 ? BITS_V4 : BITS_V6;
    for (int i = bits / 8; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four or sixteen bytes are an address", e);
    }
  }
}
