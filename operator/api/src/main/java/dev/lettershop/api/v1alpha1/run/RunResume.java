package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Which run is taken up again, and for whom. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunResume(
    @JsonPropertyDescription(
            "Name of the run, of the same campaign. Who was not reached gets the mail of that run:"
                + " who is planned or deferred still, and who failed for another reason than the"
                + " address.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        String run,
    @JsonPropertyDescription(
            "Whether those of whom it is open whether they were reached count as missed; some of them"
                + " may get the mail twice. Default false.")
        @Default("false")
        Boolean uncertain) {
  public RunResume {
    uncertain = Absent.or(uncertain, false);
  }
}
