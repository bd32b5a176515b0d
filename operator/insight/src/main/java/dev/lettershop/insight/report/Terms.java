package dev.lettershop.insight.report;

import java.util.List;

/**
 * What a run's plan says that its report needs.
 *
 * @param opens whether opens are recorded
 * @param clicks whether clicks are recorded
 * @param template of the campaign
 * @param variants of its experiment; empty without one
 * @param trial what variants and goal came to; null without either
 * @param compared another run to compare with; null for none
 */
public record Terms(
    boolean opens,
    boolean clicks,
    String template,
    List<Variant> variants,
    Trial trial,
    RunFacts compared) {

  /** Whether what is measured is recorded at all. */
  boolean records(Measure measure) {
    return switch (measure) {
      case Opened -> opens;
      case Clicked -> clicks;
      default -> true;
    };
  }

  /**
   * A variant.
   *
   * @param weight its share of the audience, relative to the sum of all weights
   * @param template that it sends
   */
  public record Variant(String name, int weight, String template) {}
}
