package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Puts people into groups of those who are alike. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Clustering(
    @JsonPropertyDescription("KMeans (the default) or Hierarchical.") @Default("KMeans")
        ClusterAlgorithm algorithm,
    @JsonPropertyDescription(
            "The groups; as many are looked for as are named here, 2 to 12. A name goes to the group that"
                + " is most like what is said of it, and stays with it in later trainings.")
        @Required
        @Size(min = 2, max = 12)
        @ListKeys("name")
        List<ModelGroup> groups,
    @JsonPropertyDescription(
            "If more than this percentage of people would get another group by a new version, the old one"
                + " stays. 1 to 100, default 30.")
        @Default("30")
        @Min(1)
        @Max(100)
        Integer maxMovedPercent) {
  public Clustering {
    algorithm = Absent.or(algorithm, ClusterAlgorithm.KMeans);
    groups = Absent.list(groups);
    maxMovedPercent = Absent.or(maxMovedPercent, 30);
  }
}
