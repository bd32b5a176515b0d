package dev.lettershop.api.v1alpha1.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Fills one attribute, or another field of what a source provides, from a record. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FieldMapping(
    @JsonPropertyDescription(
            "What is filled: an attribute; for Events id, name, occurred_at or a property (properties.name"
                + " where it is called like one of these); for Consents topic, status, occurred_at or"
                + " evidence; or the identity's key.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX + 11)
        @Pattern("^(properties[.])?[A-Za-z_][A-Za-z0-9_]{0,62}$")
        String to,
    @JsonPropertyDescription(
            "CEL expression over record, such as record.ADDRESS.split(',')[1].trim().")
        @Required
        @Size(min = 1, max = Formats.CEL_MAX)
        String value) {}
