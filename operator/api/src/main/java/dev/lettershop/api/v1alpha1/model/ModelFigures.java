package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** How good a version is, on people and a time that it did not learn from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelFigures(
    @JsonPropertyDescription("People it was judged by.") @Min(0) Long people,
    @JsonPropertyDescription("Share of them for whom the label held, such as 0.231.")
        @Size(max = 12)
        String rate,
    @JsonPropertyDescription("Area under the ROC curve: 0.5 is guessing, 1 is perfect.")
        @Size(max = 12)
        String auc,
    @JsonPropertyDescription("Brier score: mean squared distance from what came; 0 is perfect.")
        @Size(max = 12)
        String brier,
    @JsonPropertyDescription("Brier score of saying the rate to everybody: what has to be beaten.")
        @Size(max = 12)
        String brierOfRate,
    @JsonPropertyDescription(
            "How many times as often the label held among the tenth with the highest scores.")
        @Size(max = 12)
        String liftAtTenPercent,
    @JsonPropertyDescription("How well people fit into their groups, from -1 to 1.") @Size(max = 12)
        String silhouette,
    @JsonPropertyDescription("Share of people who got another group than by the version before.")
        @Size(max = 12)
        String moved,
    @JsonPropertyDescription(
            "Share of people whose newest item was among the ten that were recommended without knowing"
                + " it.")
        @Size(max = 12)
        String recallAtTen,
    @JsonPropertyDescription("The same of recommending the most popular items to everybody.")
        @Size(max = 12)
        String recallOfPopular) {
  /** Of groups and chances. */
  public ModelFigures(
      Long people,
      String rate,
      String auc,
      String brier,
      String brierOfRate,
      String liftAtTenPercent,
      String silhouette,
      String moved) {
    this(people, rate, auc, brier, brierOfRate, liftAtTenPercent, silhouette, moved, null, null);
  }
}
