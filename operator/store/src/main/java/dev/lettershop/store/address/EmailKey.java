package dev.lettershop.store.address;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.profile.MailDomain;
import dev.lettershop.profile.PlainText;
import java.util.Locale;
import java.util.Optional;

/**
 * An address as it is compared: trimmed, lower case, NFC, the domain in ASCII (RFC 5891). Two
 * addresses with one key are taken for one mailbox, although RFC 5321 §2.4 lets a server tell local
 * parts apart by case: none that matters does.
 */
public final class EmailKey {

  private static final int MAX_ADDRESS = 254;
  private static final int MAX_LOCAL_PART = 64;
  private static final String NOT_IN_LOCAL_PART = "()<>[]:;@\\,\"";

  private EmailKey() {}

  /**
   * The key; empty when no mail can be sent to such an address (RFC 5321 §4.1.2, dot-atoms only).
   */
  public static Optional<String> of(String address) {
    String trimmed = PlainText.line(address);
    int at = trimmed.lastIndexOf('@');
    if (at < 1 || at == trimmed.length() - 1) {
      return Optional.empty();
    }
    String local = trimmed.substring(0, at).toLowerCase(Locale.ROOT);
    String domain = domain(trimmed.substring(at + 1));
    if (domain == null || !isLocalPart(local) || local.length() + domain.length() >= MAX_ADDRESS) {
      return Optional.empty();
    }
    return Optional.of(local + "@" + domain);
  }

  /** A domain as it is compared; empty when no mail can be sent there. */
  public static Optional<String> domainOf(String domain) {
    return Optional.ofNullable(domain(PlainText.line(domain)));
  }

  /** The domain in lower-case ASCII, or null when it is none that mail goes to. */
  private static String domain(String domain) {
    if (domain.startsWith(".") || domain.endsWith(".") || domain.indexOf('.') < 0) {
      return null;
    }
    return MailDomain.ascii(domain).orElse(null);
  }

  private static boolean isLocalPart(String local) {
    if (local.length() > MAX_LOCAL_PART
        || local.startsWith(".")
        || local.endsWith(".")
        || local.contains("..")) {
      return false;
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c <= ' ' || c == 0x7f || Character.isWhitespace(c) || Character.isISOControl(c)) {
        return false;
      }
      if (NOT_IN_LOCAL_PART.indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** SHA-256 of a key. */
  public static byte[] hash(String key) {
    return Sha256.of(key);
  }
}
