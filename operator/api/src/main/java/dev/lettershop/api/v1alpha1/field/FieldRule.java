package dev.lettershop.api.v1alpha1.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.ConfigMapKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How one field is tidied, where that differs from the rest. */
@ValidationRule(
    value = "!has(self.table) || !has(self.tableFrom)",
    message = "must not be set beside table",
    fieldPath = ".tableFrom")
@ValidationRule(
    value = "!has(self.onInvalid) || self.onInvalid != 'Default' || has(self.byDefault)",
    message = "needs byDefault beside it",
    fieldPath = ".onInvalid")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FieldRule(
    @JsonPropertyDescription("The attribute or event property.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "What the text is: Text (as it is), Name, Email, Phone, Country, Region, TimeZone or"
                + " Locale. What the name says when absent: phone, *_phone and so on.")
        FieldKind as,
    @JsonPropertyDescription("Order of day, month and year: Dmy, Mdy or Ymd.") DateOrder dates,
    @JsonPropertyDescription(
            "Locale whose numbers the field holds, such as de-DE for 1.234,56; signs of currencies"
                + " are taken away.")
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String numbers,
    @JsonPropertyDescription("ISO 3166 code of the country of phone numbers without one.")
        @Size(min = 2, max = 2)
        @Pattern("^[A-Z]{2}$")
        String region,
    @JsonPropertyDescription("Value to take where the record has none.") @Size(min = 1, max = 253)
        String byDefault,
    @JsonPropertyDescription(
            "Keep (what is stored stays; the default) or Invalid (the record cannot be used), where"
                + " the record has no value.")
        MissingPolicy missing,
    @JsonPropertyDescription(
            "Values and what they stand for, such as product numbers of two shops. At most 1000.")
        @Size(max = 1000)
        @ListKeys("from")
        List<TableEntry> table,
    @JsonPropertyDescription(
            "The same from a ConfigMap, for long tables: CSV with the columns from and to, at most"
                + " 100000 lines. Read anew by each sync; a change of it changes what is read then.")
        ConfigMapKeyRef tableFrom,
    @JsonPropertyDescription(
            "Keep (the default) or Invalid: what becomes of values that the table does not list.")
        Unlisted unlisted,
    @JsonPropertyDescription(
            "What becomes of a value that cannot be used: Quarantine (the record is set aside),"
                + " DropValue (the record goes on without it, and it is counted) or Default"
                + " (byDefault takes its place). When absent, attributes of profiles drop it, up to"
                + " onInvalid.failAbovePercent of the records unless the field is a phone number,"
                + " country, region, time zone, locale or name; properties of events are"
                + " set aside with their record.")
        InvalidValue onInvalid) {
  public FieldRule {
    missing = Absent.or(missing, MissingPolicy.Keep);
    table = Absent.list(table);
    unlisted = Absent.or(unlisted, Unlisted.Keep);
  }

  /** The same with another table, which comes from nowhere else. */
  public FieldRule withTable(List<TableEntry> entries) {
    return new FieldRule(
        name, as, dates, numbers, region, byDefault, missing, entries, null, unlisted, onInvalid);
  }
}
