package dev.lettershop.collector.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Who is at the other end: the peer, or, where that is a trusted proxy, the last address in {@code
 * X-Forwarded-For} that is not one. What a client writes there itself therefore never counts.
 */
public final class ClientAddresses {
  private static final String UNKNOWN = "unknown";

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param trustedProxies networks such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException when one is not a network
   */
  public ClientAddresses(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(ClientAddresses::rule).toList();
  }

  private static IpSubnetFilterRule rule(String network) {
    int slash = network.indexOf('/');
    String address = slash < 0 ? network : network.substring(0, slash);
    if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
      throw new IllegalArgumentException("\"" + network + "\" is not a network like 10.0.0.0/8");
    }
    int whole = NetUtil.isValidIpV4Address(address) ? 32 : 128;
    int prefix = slash < 0 ? whole : Integer.parseInt(network.substring(slash + 1));
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  String of(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    return of(peer, request.headers().getAll("x-forwarded-for"));
  }

  /**
   * @param peer address of the connection's other end, or null
   * @param forwarded values of {@code X-Forwarded-For}, in their order
   */
  public String of(String peer, List<String> forwarded) {
    if (peer == null) {
      return UNKNOWN;
    }
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    String[] chain = String.join(",", forwarded).split(",");
    for (int i = chain.length - 1; i >= 0; i--) {
      String address = bare(chain[i]);
      if (!isAddress(address)) {
        return peer;
      }
      if (!isTrusted(address)) {
        return address;
      }
    }
    return peer;
  }

  /** Without brackets and port, which some proxies add. */
  private static String bare(String text) {
    String address = text.strip();
    if (address.startsWith("[") && address.indexOf(']') > 0) {
      return address.substring(1, address.indexOf(']'));
    }
    int colon = address.indexOf(':');
    return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
  }

  private static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  private boolean isTrusted(String address) {
    if (!isAddress(address)) {
      return false;
    }
    try {
      InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), 0);
      return trusted.stream().anyMatch(rule -> rule.matches(socket));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
