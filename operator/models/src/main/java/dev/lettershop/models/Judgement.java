package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.models.learn.Figures;
import java.util.List;

/**
 * How good a version is, kept beside it. Holds no person.
 *
 * @param algorithm that it was learnt with
 * @param features all of them, the most important first
 * @param calibration tenths by score; empty for groups
 * @param tried figures of each algorithm that was tried
 * @param refused why it must not be used, in one word; null when it may
 * @param refusal the same as a sentence; null when it may
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Judgement(
    String algorithm,
    ModelFigures figures,
    List<FeatureFigures> features,
    List<Figures.Tenth> calibration,
    List<Tried> tried,
    String refused,
    String refusal) {
  public Judgement {
    features = features == null ? List.of() : List.copyOf(features);
    calibration = calibration == null ? List.of() : List.copyOf(calibration);
    tried = tried == null ? List.of() : List.copyOf(tried);
  }

  /** What an algorithm came to. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Tried(String algorithm, String auc, String brier) {}

  public boolean isGood() {
    return refused == null;
  }

  String json() {
    try {
      return JsonMappers.PLAIN.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Figures are plain data and must serialise", e);
    }
  }

  /**
   * @throws IllegalArgumentException when it is not one
   */
  public static Judgement parse(String json) {
    try {
      return JsonMappers.LENIENT.readValue(json, Judgement.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("These are not the figures of a version", e);
    }
  }
}
