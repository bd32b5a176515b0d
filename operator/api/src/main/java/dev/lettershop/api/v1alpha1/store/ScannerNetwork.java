package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A network of scanners. Has no defaults in the schema, since it is an item of a list. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScannerNetwork(
    @JsonPropertyDescription(
            "Such as 203.0.113.0/24. One that is narrower than /24, or /48 in IPv6, counts for all of"
                + " that.")
        @Required
        @Size(min = 3, max = 49)
        @Pattern("^[0-9A-Fa-f.:]+/[0-9]{1,3}$")
        String network,
    @JsonPropertyDescription("Which hits from there are a scanner's. All when absent.")
        ScannedHits hits) {
  public ScannerNetwork {
    hits = Absent.or(hits, ScannedHits.All);
  }
}
