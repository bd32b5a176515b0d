package dev.lettershop.api.v1alpha1.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.IntOrString;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A condition on one property of an event. */
@ValidationRule(value = TermRules.VALUE, message = TermRules.VALUE_MESSAGE, fieldPath = ".value")
@ValidationRule(value = TermRules.VALUES, message = TermRules.VALUES_MESSAGE, fieldPath = ".values")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PropertyRule(
    @JsonPropertyDescription("Name of the property.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String property,
    @JsonPropertyDescription(
            "Equal, NotEqual, In, NotIn, GreaterThan, GreaterThanOrEqual, LessThan,"
                + " LessThanOrEqual, Contains, StartsWith, EndsWith, Exists or DoesNotExist.")
        @Required
        RuleOperator operator,
    @JsonPropertyDescription(
            "Value to compare with, read as the property's type. A whole number needs no quotes, unless it begins with 0.")
        @Size(max = Formats.VALUE_MAX)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @IntOrString
        String value,
    @JsonPropertyDescription("Values for In and NotIn. At most 200.") @Size(max = 200)
        List<@Size(max = Formats.VALUE_MAX) @IntOrString String> values) {
  public PropertyRule {
    values = Absent.list(values);
  }
}
