package dev.lettershop.cli.suppression;

/** How many addresses and domains something was done to, in words. */
record Counted(long addresses, long domains) {
  @Override
  public String toString() {
    return "%,d %s and %,d %s"
        .formatted(
            addresses,
            addresses == 1 ? "address" : "addresses",
            domains,
            domains == 1 ? "domain" : "domains");
  }
}
