package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much may come in. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorLimits(
    @JsonPropertyDescription(
            "Largest request with events, in KiB when decompressed, 32 to 4096. Default 500. A single"
                + " event may have 32 KiB.")
        @Default("500")
        @Min(32)
        @Max(4096)
        Integer batchKiB,
    @JsonPropertyDescription(
            "Requests a second that one network (an IPv4 address, or a /64 of IPv6) may send to each"
                + " Pod, but for Server sources, 1 to 100000. Default 100.")
        @Default("100")
        @Min(1)
        @Max(100000)
        Integer requestsPerSecondPerNetwork,
    @JsonPropertyDescription(
            "Requests a second that one source may send to each Pod, 1 to 100000. No limit when"
                + " absent.")
        @Min(1)
        @Max(100000)
        Integer requestsPerSecondPerSource) {
  public CollectorLimits {
    batchKiB = Absent.or(batchKiB, 500);
    requestsPerSecondPerNetwork = Absent.or(requestsPerSecondPerNetwork, 100);
  }
}
