package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Where answers wait on disk while the database is away. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorSpool(
    @JsonPropertyDescription(
            "Most that a Pod keeps, such as 256Mi. Requests are refused above it. Default 256Mi.")
        @Default("256Mi")
        @Size(min = 1, max = 32)
        @Pattern(Formats.QUANTITY)
        String size) {
  public CollectorSpool {
    size = Absent.or(size, "256Mi");
  }
}
