package dev.lettershop.profile;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;

/**
 * Domains of addresses in ASCII, as mail is sent to them: IDNA2008 (RFC 5891) by UTS 46, where
 * {@code straße.example} and {@code strasse.example} are two domains that may have two owners.
 */
public final class MailDomain {
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private MailDomain() {}

  /** Made when the first international domain comes: its tables take time to read. */
  private static final class Uts46 {
    static final IDNA IT =
        IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ);
  }

  /**
   * The domain in lower-case ASCII, of one label or more; empty when the text cannot be one.
   *
   * @param domain in any script, without white space around it
   */
  public static Optional<String> ascii(String domain) {
    if (isAscii(domain)) {
      return isDomain(domain) ? Optional.of(domain.toLowerCase(Locale.ROOT)) : Optional.empty();
    }
    IDNA.Info info = new IDNA.Info();
    String ascii = Uts46.IT.nameToASCII(domain, new StringBuilder(), info).toString();
    return !info.hasErrors() && isDomain(ascii) ? Optional.of(ascii) : Optional.empty();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String domain) {
    int start = 0;
    for (int i = 0; i <= domain.length(); i++) {
      if (i == domain.length() || domain.charAt(i) == '.') {
        boolean label =
            i > start
                && i - start <= LONGEST_LABEL
                && domain.charAt(start) != '-'
                && domain.charAt(i - 1) != '-';
        if (!label) {
          return false;
        }
        start = i + 1;
      } else if (!isAllowed(domain.charAt(i))) {
        return false;
      }
    }
    return domain.length() <= LONGEST;
  }

  private static boolean isAllowed(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
  }
}
