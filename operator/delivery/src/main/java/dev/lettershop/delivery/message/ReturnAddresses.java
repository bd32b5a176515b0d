package dev.lettershop.delivery.message;

import dev.lettershop.store.address.EmailKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Envelope senders of which each tells one delivery (VERP), such as {@code b-xyz@bounces.example}.
 * The local part names run and profile by number and carries four bytes of the address's hash; it
 * is signed for one store, so that a bounce can be believed without believing what the bounce says.
 * Letters of either case, digits and a hyphen are all it consists of. Thread-safe.
 */
public final class ReturnAddresses {
  private static final String PREFIX = "b-";
  private static final int PAYLOAD = 2 * Long.BYTES + Integer.BYTES;

  /** RFC 2104 section 5: 80 bits, which leaves room in a local part of 64 characters. */
  private static final int TAG = 10;

  private static final int DIGITS = Base32.length(1 + PAYLOAD + TAG);

  private final String domain;
  private final String purpose;
  private final LinkKeys keys;
  private final Pattern address;

  /**
   * Which delivery an address belongs to.
   *
   * @param addressCheck the first bytes of the hash of the address that was mailed
   */
  public record Delivery(long runId, long profileId, int addressCheck) {
    /** Whether this could be the address that was mailed. */
    public boolean wasTo(String emailAddress) {
      return check(emailAddress) == addressCheck;
    }
  }

  /**
   * @param domain to which bounces return
   * @param store whose runs and profiles the numbers are of, such as {@code namespace/name}
   */
  public ReturnAddresses(String domain, String store, LinkKeys keys) {
    this.domain = domain;
    this.purpose = "lettershop bounce\0" + store;
    this.keys = keys;
    this.address =
        Pattern.compile(
            "(?<![a-z0-9])"
                + PREFIX
                + "([a-z2-7]{"
                + DIGITS
                + "})@"
                + Pattern.quote(domain)
                + "(?![a-z0-9-])",
            Pattern.CASE_INSENSITIVE);
  }

  /** The envelope senders of one run. */
  public EnvelopeSender of(long runId) {
    return (profileId, recipient) -> {
      byte[] payload =
          ByteBuffer.allocate(PAYLOAD)
              .putLong(runId)
              .putLong(profileId)
              .putInt(check(recipient.text()))
              .array();
      return PREFIX + Base32.encode(keys.sign(purpose, payload, TAG)) + "@" + domain;
    };
  }

  /** The deliveries whose return addresses stand in a text, in the order of the text. */
  public Set<Delivery> in(String text) {
    Set<Delivery> found = new LinkedHashSet<>();
    Matcher addresses = address.matcher(text);
    while (addresses.find()) {
      read(addresses.group(1)).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Delivery> read(String token) {
    return Base32.decode(token)
        .flatMap(bytes -> keys.verify(purpose, bytes, TAG))
        .filter(payload -> payload.length == PAYLOAD)
        .map(ByteBuffer::wrap)
        .map(payload -> new Delivery(payload.getLong(), payload.getLong(), payload.getInt()));
  }

  private static int check(String emailAddress) {
    return EmailKey.of(emailAddress)
        .map(key -> ByteBuffer.wrap(Arrays.copyOf(EmailKey.hash(key), Integer.BYTES)).getInt())
        .orElse(0);
  }
}
