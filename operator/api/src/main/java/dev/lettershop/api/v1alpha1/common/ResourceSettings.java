package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.IntOrString;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** CPU and memory of a Pod's container. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourceSettings(
    @JsonPropertyDescription(
            "What is reserved, by resource, such as cpu: 500m and memory: 512Mi. At most 16.")
        @Size(max = 16)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) @IntOrString String>
            requests,
    @JsonPropertyDescription("What may be used at most, by resource. At most 16.") @Size(max = 16)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.QUANTITY) @IntOrString String>
            limits) {
  public ResourceSettings {
    requests = Absent.map(requests);
    limits = Absent.map(limits);
  }
}
