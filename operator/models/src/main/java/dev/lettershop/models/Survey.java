package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import java.util.List;

/**
 * What a version would say of everybody at this moment.
 *
 * @param drift of each feature, in the order of the spec
 * @param sizes of groups; for chances, of people in tenths of the score, named 0.0 to 0.9
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Survey(List<FeatureFigures> drift, List<GroupSize> sizes) {
  public Survey {
    drift = List.copyOf(drift);
    sizes = List.copyOf(sizes);
  }
}
