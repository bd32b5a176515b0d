package dev.lettershop.collector.pages;

/** An address as a page shows it: mails are forwarded, and a page may be read by somebody else. */
final class MaskedAddress {
  private MaskedAddress() {}

  /** Such as {@code a…@example.com}; an ellipsis for what is not an address. */
  static String of(String address) {
    int at = address == null ? -1 : address.lastIndexOf('@');
    return at < 1
        ? "…"
        : address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
  }
}
