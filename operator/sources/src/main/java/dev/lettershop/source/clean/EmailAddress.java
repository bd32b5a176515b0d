package dev.lettershop.source.clean;

import dev.lettershop.profile.MailDomain;
import java.util.Locale;

/**
 * Checks and normalises an e-mail address to what RFC 5321 §4.1.2 allows and mail systems accept:
 * an unquoted local part in ASCII, and a domain of at least two labels. The domain is lower-cased
 * and an international one put into its ASCII form (RFC 5891); the local part keeps its case, since
 * only its own mail system knows whether case matters there.
 */
public final class EmailAddress {
  private static final String ATOM_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";
  private static final Converted MALFORMED = Converted.invalid("is not an e-mail address");

  private EmailAddress() {}

  static Converted normalise(String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1) {
      return MALFORMED;
    }
    String local = address.substring(0, at);
    String domain = MailDomain.ascii(address.substring(at + 1)).orElse("");
    if (!isLocalPart(local)) {
      return isAscii(local)
          ? MALFORMED
          : Converted.invalid("has letters before the @ that need SMTPUTF8, which is not used");
    }
    if (!isDomain(domain) || local.length() + 1 + domain.length() > 254) {
      return MALFORMED;
    }
    return Converted.of(local + '@' + domain);
  }

  /**
   * What two spellings of one address have in common, to recognise a person by: all lower case. No
   * mail system of any size gives two mailboxes to two cases of one name.
   */
  public static String identity(String normalised) {
    return normalised.toLowerCase(Locale.ROOT);
  }

  private static boolean isLocalPart(String local) {
    if (local.length() > 64 || local.startsWith(".") || local.endsWith(".")) {
      return false;
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      boolean dot = c == '.' && local.charAt(i - 1) != '.';
      if (!dot && !isAlphanumeric(c) && ATOM_SYMBOLS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** At least two labels, and not of digits only at its end: an IPv4 address without brackets. */
  private static boolean isDomain(String domain) {
    int top = domain.lastIndexOf('.') + 1;
    return top > 0 && domain.substring(top).chars().anyMatch(c -> c < '0' || c > '9');
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }
}
