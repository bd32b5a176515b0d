package dev.lettershop.api.v1alpha1.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.IntOrString;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A condition inside {@code anyOf} or {@code allOf}: the innermost level. */
@ValidationRule(
    value = "[has(self.attribute), has(self.event), has(self.segment)].exists_one(x, x)",
    message = "exactly one of attribute, event and segment must be set")
@ValidationRule(
    value = TermRules.OPERATOR,
    message = TermRules.OPERATOR_MESSAGE,
    fieldPath = ".operator")
@ValidationRule(value = TermRules.VALUE, message = TermRules.VALUE_MESSAGE, fieldPath = ".value")
@ValidationRule(value = TermRules.VALUES, message = TermRules.VALUES_MESSAGE, fieldPath = ".values")
@ValidationRule(value = TermRules.NO_STRAY_VALUE, message = TermRules.NO_STRAY_VALUE_MESSAGE)
@ValidationRule(value = TermRules.EVENT_ONLY, message = TermRules.EVENT_ONLY_MESSAGE)
@ValidationRule(value = TermRules.COUNT, message = TermRules.COUNT_MESSAGE, fieldPath = ".atMost")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentTerm(
    @JsonPropertyDescription("Attribute to look at.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String attribute,
    @JsonPropertyDescription("Event to count.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription("Segment to be a member of.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String segment,
    @JsonPropertyDescription(
            "With attribute: Equal, NotEqual, In, NotIn, GreaterThan, GreaterThanOrEqual, LessThan,"
                + " LessThanOrEqual, Contains, StartsWith, EndsWith, Exists or DoesNotExist.")
        RuleOperator operator,
    @JsonPropertyDescription(
            "Value to compare with, read as the attribute's type. A whole number needs no quotes, unless it begins with 0.")
        @Size(max = Formats.VALUE_MAX)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @IntOrString
        String value,
    @JsonPropertyDescription("Values for In and NotIn. At most 200.") @Size(max = 200)
        List<@Size(max = Formats.VALUE_MAX) @IntOrString String> values,
    @JsonPropertyDescription("How long ago the event may be, such as 24h. Any time when absent.")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String within,
    @JsonPropertyDescription(
            "Least number of such events. 1 when neither atLeast nor atMost is set.")
        @Min(0)
        @Max(1000000)
        Integer atLeast,
    @JsonPropertyDescription("Greatest number of such events. No limit when absent.")
        @Min(0)
        @Max(1000000)
        Integer atMost,
    @JsonPropertyDescription("Conditions on the event's properties; all must hold. At most 20.")
        @Size(max = 20)
        List<PropertyRule> where) {
  public SegmentTerm {
    values = Absent.list(values);
    where = Absent.list(where);
  }

  /** The condition that a rule states itself, without its groups. */
  public static SegmentTerm of(SegmentRule rule) {
    return new SegmentTerm(
        rule.attribute(),
        rule.event(),
        rule.segment(),
        rule.operator(),
        rule.value(),
        rule.values(),
        rule.within(),
        rule.atLeast(),
        rule.atMost(),
        rule.where());
  }
}
