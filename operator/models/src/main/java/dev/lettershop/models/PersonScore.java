package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a version says of one person, and from what.
 *
 * @param score null for other kinds of models
 * @param group null for other kinds of models
 * @param recommended ids of products that a mail would show now; empty for other kinds of models
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PersonScore(
    int version, Double score, String group, List<Part> parts, List<String> recommended) {
  public PersonScore {
    parts = List.copyOf(parts);
    recommended = List.copyOf(recommended);
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
