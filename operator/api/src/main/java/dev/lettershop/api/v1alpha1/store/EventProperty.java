package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A property of an event. */
@ValidationRule(
    value =
        "!(self.name in ['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else',"
            + " 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return',"
            + " 'var', 'void', 'while'])",
    message = "must not be a reserved word of CEL: rules could not name the property",
    fieldPath = ".name")
@ValidationRule(
    value = "self.name != 'occurred_at'",
    message = "must not be occurred_at: every event has it, with the type Timestamp",
    fieldPath = ".name")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventProperty(
    @JsonPropertyDescription("Name of the property, as rules know it.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "Type of the values: String, Boolean, Integer, Double, Timestamp or StringList.")
        @Required
        AttributeType type) {}
