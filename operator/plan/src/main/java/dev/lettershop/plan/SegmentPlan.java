package dev.lettershop.plan;

import java.util.Map;

/**
 * All that recording the members of one segment needs to know. Secrets appear by reference only.
 *
 * @param segments CEL of the segment itself and of every one that it reaches through {@code
 *     inSegment}, by name
 */
public record SegmentPlan(
    String namespace, String name, Plan.Store store, Map<String, String> segments) {
  public SegmentPlan {
    segments = segments == null ? Map.of() : Map.copyOf(segments);
  }
}
