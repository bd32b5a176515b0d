package dev.lettershop.insight.verdict;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * The networks that an operator named as those of scanners. Hits keep networks of a fixed width: a
 * narrower one that is named counts for all of the network that it is in.
 */
public final class ScannerNetworks {
  /** None. */
  public static final ScannerNetworks NONE = new ScannerNetworks(List.of());

  private final List<Range> ranges;

  /**
   * One that was named.
   *
   * @param network in CIDR notation, with a literal address
   * @param kinds of the hits that count as a scanner's
   */
  public record Named(String network, Set<HitKind> kinds) {
    public Named {
      kinds = Set.copyOf(kinds);
    }
  }

  /** Leading bits of addresses of one length in bytes. */
  private record Range(BigInteger address, int bits, int bytes, Set<HitKind> kinds) {
    static Range of(String network, Set<HitKind> kinds) {
      int slash = network.indexOf('/');
      try {
        byte[] address = InetAddress.getByName(network.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(network.substring(slash + 1));
        return new Range(new BigInteger(1, address), bits, address.length, kinds);
      } catch (UnknownHostException | RuntimeException e) {
        throw new IllegalArgumentException("\"" + network + "\" is not a network", e);
      }
    }

    boolean overlaps(Range other) {
      int unlike = bytes * Byte.SIZE - Math.min(bits, other.bits);
      return bytes == other.bytes
          && address.shiftRight(unlike).equals(other.address.shiftRight(unlike));
    }
  }

  /**
   * @throws IllegalArgumentException when one is not a network
   */
  public ScannerNetworks(List<Named> named) {
    this.ranges = named.stream().map(one -> Range.of(one.network(), one.kinds())).toList();
  }

  /**
   * Whether hits of a kind from there are a scanner's.
   *
   * @param network such as {@code 203.0.113.0/24}, or null when it is not known
   */
  boolean contain(HitKind kind, String network) {
    if (network == null || ranges.isEmpty()) {
      return false;
    }
    Range from = Range.of(network, Set.of(kind));
    return ranges.stream().anyMatch(range -> range.kinds().contains(kind) && range.overlaps(from));
  }
}
