package dev.lettershop.api.v1alpha1.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How values are tidied before they are stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Normalise(
    @JsonPropertyDescription(
            "Whether addresses are checked and trimmed, and their domains put into lower case. Default true.")
        @Default("true")
        Boolean email,
    @JsonPropertyDescription(
            "Whether attributes called name or ending in _name get composed characters, single spaces,"
                + " and, where all letters are of one case, capitals as names have them. Default true.")
        @Default("true")
        Boolean names,
    @JsonPropertyDescription(
            "Iso3166 turns names of countries into their two-letter codes. As they come when absent.")
        CountryFormat countries,
    @JsonPropertyDescription("Whether time zones are checked, and become IANA names. Default true.")
        @Default("true")
        Boolean timeZones,
    @JsonPropertyDescription(
            "Iso3166 turns names of states and provinces into codes such as US-NY, in attributes called"
                + " region, state or province, or ending so. As they come when absent.")
        RegionFormat regions,
    @JsonPropertyDescription(
            "ISO 3166 code of the country of phone numbers without one, such as DE. With it, attributes"
                + " called phone or mobile, or ending so, are checked and become E.164 numbers. As they"
                + " come when absent.")
        @Size(min = 2, max = 2)
        @Pattern("^[A-Z]{2}$")
        String phones,
    @JsonPropertyDescription(
            "Order of day, month and year in dates of numbers only, such as 11/01/2026: Dmy, Mdy or Ymd."
                + " Without it, such dates are invalid.")
        DateOrder dates,
    @JsonPropertyDescription(
            "Locale of numbers, such as de-DE for 1.234,56; signs of currencies are taken away. Without"
                + " it, only plain numbers such as 1234.56 are valid.")
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String numbers,
    @JsonPropertyDescription(
            "Texts that stand for no value, such as n/a, whatever their case. At most 50.")
        @Size(max = 50)
        @ListKeys
        List<@Size(min = 1, max = 63) String> absent,
    @JsonPropertyDescription(
            "A Boolean attribute that says of each profile whether its address is at a provider of"
                + " throw-away mailboxes. Not kept when absent.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String disposable,
    @JsonPropertyDescription("Fields that are tidied in another way. At most 256.")
        @Size(max = 256)
        @ListKeys("name")
        List<FieldRule> fields) {
  /** What is tidied when nothing is said. */
  public static final Normalise DEFAULT =
      new Normalise(null, null, null, null, null, null, null, null, null, null, null);

  public Normalise {
    email = Absent.or(email, true);
    names = Absent.or(names, true);
    timeZones = Absent.or(timeZones, true);
    absent = Absent.list(absent);
    fields = Absent.list(fields);
  }

  /** The same with other rules for single fields. */
  public Normalise withFields(List<FieldRule> rules) {
    return new Normalise(
        email,
        names,
        countries,
        timeZones,
        regions,
        phones,
        dates,
        numbers,
        absent,
        disposable,
        rules);
  }
}
