package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a version says of one person, and from what.
 *
 * @param score null for groups
 * @param group null for chances
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonScore(int version, Double score, String group, List<Part> parts) {
  public PersonScore {
    parts = List.copyOf(parts);
  }

  /**
   * One feature of the person.
   *
   * @param value null for unknown
   * @param otherwise score if the feature were unknown; null for groups
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(String feature, Double value, Double otherwise) {}
}
