package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much of the past is kept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record History(
    @JsonPropertyDescription(
            "CampaignRuns that are kept, the newest ones, 0 to 1000. Default 10. The ledger keeps all.")
        @Default("10")
        @Min(0)
        @Max(1000)
        Integer keep) {
  public History {
    keep = Absent.or(keep, 10);
  }
}
