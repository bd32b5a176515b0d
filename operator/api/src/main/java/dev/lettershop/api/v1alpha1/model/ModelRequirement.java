package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What a new version has to reach before it takes the place of the old one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelRequirement(
    @JsonPropertyDescription(
            "Least area under the ROC curve on the newest cut-off, such as 0.65. 0.5 is guessing, 1 is"
                + " perfect.")
        @Size(min = 3, max = 6)
        @Pattern("^0[.][0-9]{1,4}$")
        String auc) {}
