package dev.lettershop.template.link;

import dev.lettershop.template.value.UrlText;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beginning of an address of a page, as far as it decides about the host. */
final class WebAddress {
  private static final Pattern WEB = Pattern.compile("https?:", Pattern.CASE_INSENSITIVE);

  /** Scheme, user, host, port, and what says that the host ends there. */
  private static final Pattern HOST =
      Pattern.compile(
          "(https?://)((?:[^/?#@\\\\\\s]*@)?)([^/?#@:\\\\\\s]+|\\[[0-9a-fA-F:.]+])"
              + "(:[0-9]{1,5})?((?:[/?#].*)?)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private WebAddress() {}

  /** Whether an address that begins so leads to a page, whatever its host is. */
  static boolean isWeb(String beginning) {
    return WEB.matcher(beginning).lookingAt();
  }

  /**
   * The beginning as it may stand in a header of HTTP; empty when it does not say to which host the
   * address leads.
   *
   * @param whole whether nothing follows
   */
  static Optional<String> of(String beginning, boolean whole) {
    Matcher host = HOST.matcher(beginning.strip());
    if (!host.matches() || !whole && host.group(5).isEmpty()) {
      return Optional.empty();
    }
    String port = host.group(4) == null ? "" : host.group(4);
    return ascii(host.group(3))
        .map(
            name ->
                host.group(1).toLowerCase(Locale.ROOT)
                    + UrlText.escape(host.group(2))
                    + name
                    + port
                    + UrlText.escape(host.group(5)));
  }

  private static Optional<String> ascii(String host) {
    try {
      return Optional.of(
          host.startsWith("[")
              ? host
              : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }
}
