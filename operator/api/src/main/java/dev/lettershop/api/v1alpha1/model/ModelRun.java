package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the last scoring, with a training before it if one was due, came to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelRun(
    @JsonPropertyDescription("When people were last scored (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String time,
    @JsonPropertyDescription("Version that they were scored with.") @Min(1) Integer version,
    @JsonPropertyDescription("When that version was trained (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String trainedTime,
    @JsonPropertyDescription("What it was trained with, such as GradientBoosting.") @Size(max = 32)
        String algorithm,
    @JsonPropertyDescription("People who were scored.") @Min(0) Long scored,
    @JsonPropertyDescription("People whose score or group is another one than before.") @Min(0)
        Long changed,
    @JsonPropertyDescription(
            "Why a newly trained version was not taken, such as NotGoodEnough; absent when it was, or none was"
                + " trained.")
        @Size(max = 64)
        String refused,
    @JsonPropertyDescription("The same as a sentence.") @Size(max = 1024) String refusal,
    @JsonPropertyDescription("How good the version is.") ModelFigures figures,
    @JsonPropertyDescription("The groups or actions, and for how many people each is. At most 20.")
        @Size(max = 20)
        @ListKeys("name")
        List<GroupSize> groups,
    @JsonPropertyDescription("The most important features, at most 10.")
        @Size(max = 10)
        @ListKeys("name")
        List<FeatureFigures> features,
    @JsonPropertyDescription("People for whom the server of a remote model gave no usable answer.")
        @Min(0)
        Long unanswered,
    @JsonPropertyDescription(
            "Why, such as TimedOut: what happened most; absent when everybody was answered.")
        @Size(max = 64)
        String fault,
    @JsonPropertyDescription("The same as a sentence.") @Size(max = 1024) String faultMessage) {
  public ModelRun {
    groups = Absent.list(groups);
    features = Absent.list(features);
  }
}
