package dev.lettershop.store.suppression;

import dev.lettershop.profile.PlainText;
import dev.lettershop.store.address.EmailKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of a suppression list: an address, the hash of one, or a domain.
 *
 * @param form of the hash; null for an address and a domain
 * @param value the address as it is compared, the hash in lower case, or {@code @} and the domain
 *     in ASCII
 */
public record ListEntry(HashForm form, String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32,}");

  /** What a text stands for; empty when it is none of them. */
  public static Optional<ListEntry> of(String text) {
    String entry = PlainText.line(text);
    if (HEX.matcher(entry).matches()) {
      return HashForm.withDigits(entry.length())
          .map(form -> new ListEntry(form, entry.toLowerCase(Locale.ROOT)));
    }
    return entry.startsWith("@")
        ? EmailKey.domainOf(entry.substring(1)).map(name -> new ListEntry(null, "@" + name))
        : EmailKey.of(entry).map(key -> new ListEntry(null, key));
  }

  public boolean isDomain() {
    return value.startsWith("@");
  }

  /** Without the address: that is personal. */
  @Override
  public String toString() {
    return "ListEntry[" + (form == null ? isDomain() ? value : "address" : form) + "]";
  }
}
