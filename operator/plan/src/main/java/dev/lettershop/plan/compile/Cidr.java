package dev.lettershop.plan.compile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632, RFC 4291 §2.3), such as {@code 10.0.0.0/8}.
 *
 * @param address of the network; bits behind the prefix do not count
 * @param prefix number of leading bits that count, 0 to 32 or 128
 */
public record Cidr(InetAddress address, int prefix) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

  /** Empty when the text is not a network. Looks up no name. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String address = text.substring(0, Math.max(slash, 0));
    String prefix = text.substring(slash + 1);
    boolean literal = V4.matcher(address).matches() || address.indexOf(':') >= 0;
    if (!literal || !PREFIX.matcher(prefix).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      int bits = Integer.parseInt(prefix);
      return bits <= parsed.getAddress().length * Byte.SIZE
          ? Optional.of(new Cidr(parsed, bits))
          : Optional.empty();
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether an address is in the network; one of the other version of IP never is. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
