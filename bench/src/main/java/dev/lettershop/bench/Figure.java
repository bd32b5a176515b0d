package dev.lettershop.bench;

/**
 * One measured figure.
 *
 * @param value in {@code unit}
 * @param peer what it is compared with, in the same unit; null when there is nothing to compare
 * @param peerName what the peer is: a limit, or another way of doing the same
 */
public record Figure(String name, double value, String unit, Double peer, String peerName) {

  static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, null, null);
  }

  Figure against(String otherName, double other) {
    return new Figure(name, value, unit, other, otherName);
  }

  /** Value divided by peer, or null without a peer. */
  public Double ratio() {
    return peer == null || peer == 0 ? null : value / peer;
  }
}
