package dev.lettershop.source.connect.http;

import dev.lettershop.source.connect.ConnectorException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses may be called: not those of the cluster, the node or the cloud's metadata, unless
 * allowed. The address that was judged is the one that is connected to, so that a name server that
 * answers differently the second time (DNS rebinding) gains nothing.
 */
final class AddressRules {
  private final boolean privateAllowed;
  private final String field;

  AddressRules(boolean privateAllowed) {
    this(privateAllowed, "spec.http");
  }

  /**
   * @param field path of what has the URL, for messages
   */
  AddressRules(boolean privateAllowed, String field) {
    this.privateAllowed = privateAllowed;
    this.field = field;
  }

  /**
   * The addresses of a host that may be called, at least one.
   *
   * @throws ConnectorException when there is none
   */
  List<InetAddress> of(String host) throws ConnectorException {
    InetAddress[] found;
    try {
      found =
          InetAddress.getAllByName(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    } catch (UnknownHostException e) {
      throw ConnectorException.unavailable(
          field + ".url", "the host " + host + " has no address", "check its name and DNS", e);
    }
    List<InetAddress> allowed = new ArrayList<>();
    for (InetAddress address : found) {
      if (privateAllowed || isPublic(address)) {
        allowed.add(address);
      }
    }
    if (allowed.isEmpty()) {
      throw ConnectorException.misconfigured(
          field + ".url",
          "the host " + host + " has a private, loopback or link-local address, which is refused",
          "set " + field + ".allowPrivateAddresses: true if the API is your own",
          null);
    }
    return allowed;
  }

  /** RFC 6890 and its successors: what is not reachable from everywhere is not public. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? isPublic4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
        : address instanceof Inet6Address && isPublic6(bytes);
  }

  private static boolean isPublic4(int a, int b, int c) {
    boolean shared = a == 100 && b >= 64 && b < 128;
    boolean special = a == 0 || a >= 224 || (a == 192 && b == 0 && (c == 0 || c == 2));
    boolean tests =
        (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100)))
            || (a == 203 && b == 0 && c == 113);
    return !shared && !special && !tests;
  }

  private static boolean isPublic6(byte[] bytes) {
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
    boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean mapped = true;
    for (int i = 0; i < 10; i++) {
      mapped &= bytes[i] == 0;
    }
    if (translated || sixToFour || mapped) {
      // An IPv4 address inside decides, and none that is public has to be written like this.
      return false;
    }
    return !uniqueLocal;
  }
}
