package dev.lettershop.cli;

/** A resource named on the command line, as {@code kind/name}. */
record Target(String kind, String name) {

  /**
   * Reads {@code campaign/NAME}; plural, short name and other case are taken too, as kubectl does.
   *
   * @throws UsageException when it is something else
   */
  static String campaign(String text) {
    int slash = text.indexOf('/');
    String kind = slash < 0 ? "" : text.substring(0, slash).toLowerCase(java.util.Locale.ROOT);
    String name = text.substring(slash + 1);
    boolean known = kind.equals("campaign") || kind.equals("campaigns") || kind.equals("cmp");
    if (!known || name.isEmpty()) {
      throw new UsageException("\"" + text + "\" does not name a campaign; write campaign/NAME");
    }
    return name;
  }
}
