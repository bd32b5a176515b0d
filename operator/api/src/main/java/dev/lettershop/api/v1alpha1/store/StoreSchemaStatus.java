package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which attributes the tables of a store hold. Names only. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoreSchemaStatus(
    @JsonPropertyDescription(
            "Number of the newest version of the attributes; one more with each change that was"
                + " applied. 0 while only the built-in attributes are there.")
        @Min(0)
        Long version,
    @JsonPropertyDescription("When that version was applied (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String changedTime,
    @JsonPropertyDescription(
            "What that version changed, such as \"widened score from Integer to Double\". At most 20;"
                + " then the last says how many more there were.")
        @Size(max = 20)
        List<@Size(max = 256) String> changes,
    @JsonPropertyDescription(
            "Attributes that are declared no longer, and whose values are kept out of sight. At most"
                + " 100 of them. spec.dropAttributes removes them.")
        @Size(max = 100)
        List<@Size(max = Formats.IDENTIFIER_MAX) String> undeclared) {
  public StoreSchemaStatus {
    changes = Absent.list(changes);
    undeclared = Absent.list(undeclared);
  }
}
