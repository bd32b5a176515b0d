package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Experiment(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Variant> variants,
    Integer holdoutPercent,
    ExperimentDecision decision) {

  public Experiment {
    variants = Absent.list(variants);
    holdoutPercent = Absent.or(holdoutPercent, 0);
  }
}
