package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How long data is kept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Retention(
    @JsonPropertyDescription("How long events are kept, such as 400d. Kept for good when absent.")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String events,
    @JsonPropertyDescription(
            "How long the ledger keeps deliveries, such as 730d. Kept for good when absent. Once"
                + " they are gone, a run cannot be taken up again; its name still never sends twice.")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String deliveries,
    @JsonPropertyDescription(
            "How long records that could not be taken stay in quarantine. Default 90d.")
        @Default("90d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String quarantine,
    @JsonPropertyDescription(
            "How long each open and click is kept as it came, with the network and the program that"
                + " it came from. Default 30d; so also without spec.retention, when a run ends.")
        @Default("30d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String hits) {
  /** Of a store that keeps everything else for good. */
  public static final Retention ONLY_HITS = new Retention(null, null, null, null);

  public Retention {
    quarantine = Absent.or(quarantine, "90d");
    hits = Absent.or(hits, "30d");
  }
}
