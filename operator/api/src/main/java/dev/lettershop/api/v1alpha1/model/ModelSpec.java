package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What is learnt, from what, and when. */
@ValidationRule(
    value =
        "[has(self.classify), has(self.cluster), has(self.recommend), has(self.choose),"
            + " has(self.remote)].exists_one(x, x)",
    message = "exactly one of classify, cluster, recommend, choose and remote must be set")
@ValidationRule(
    value = "(has(self.choose) || has(self.recommend)) != has(self.features)",
    message = "must be set with classify, cluster and remote, and not with recommend or choose",
    fieldPath = ".features")
@ValidationRule(
    value = "!has(self.recommend) || !has(self.population)",
    message = "must not be set with recommend, which is for everybody",
    fieldPath = ".population")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelSpec(
    @JsonPropertyDescription(
            "The ProfileStore whose profiles are meant. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription(
            "CEL expression for whom the model is, asked at each moment it learns from. Everybody when absent.")
        @Size(min = 1, max = Formats.CEL_MAX)
        String population,
    @JsonPropertyDescription(
            "What is known of each person, as numbers; not with recommend or choose. 1 to 64.")
        @Size(min = 1, max = 64)
        @ListKeys("name")
        List<ModelFeature> features,
    @JsonPropertyDescription(
            "Attributes that never change, such as country or birthday: only these may be used with"
                + " classify, because of all others only today's value is known. At most 32.")
        @Size(max = 32)
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            stableAttributes,
    @JsonPropertyDescription("Learns a chance; score(\"name\") in rules, from 0 to 1.")
        Classification classify,
    @JsonPropertyDescription("Finds groups; cluster(\"name\") in rules.") Clustering cluster,
    @JsonPropertyDescription(
            "Chooses the next best action, action(\"name\") in rules: of those that may be chosen the one with the"
                + " highest score times value. 1 to 20.")
        @Size(min = 1, max = 20)
        @ListKeys("action")
        List<ModelAction> choose,
    @JsonPropertyDescription(
            "Finds what people may like who bought this or that; shown by templates as recommendations.")
        Recommending recommend,
    @JsonPropertyDescription(
            "Has a server that speaks REST say the score; score(\"name\") in rules. Asked when people are"
                + " scored, never while mail is sent.")
        RemoteModel remote,
    @JsonPropertyDescription(
            "When everybody is scored anew. Scored only by hand (lettershop score) when absent.")
        CronSchedule refresh,
    @JsonPropertyDescription(
            "The model is trained anew, before people are scored, when its version is older than this or"
                + " was trained from another spec. Default 7d.")
        @Default("7d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String retrainAfter,
    @JsonPropertyDescription(
            "Version to use instead of the newest good one; nothing is trained while it is set. To go back to"
                + " an earlier one, see lettershop model list.")
        @Min(1)
        @Max(1000000)
        Integer version,
    @JsonPropertyDescription(
            "Stops scheduled training and scoring; what was scored stays. Default false.")
        @Default("false")
        Boolean suspend) {
  public ModelSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    features = Absent.list(features);
    stableAttributes = Absent.list(stableAttributes);
    choose = Absent.list(choose);
    retrainAfter = Absent.or(retrainAfter, "7d");
    suspend = Absent.or(suspend, false);
  }
}
