package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How values are tidied before they are stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Normalise(
    @JsonPropertyDescription(
            "Whether addresses are checked and trimmed, and their domains put into lower case. Default true.")
        @Default("true")
        Boolean email,
    @JsonPropertyDescription(
            "Whether attributes called name or ending in _name get composed characters and single spaces. Default true.")
        @Default("true")
        Boolean names,
    @JsonPropertyDescription(
            "Iso3166 turns names of countries into their two-letter codes. As they come when absent.")
        CountryFormat countries,
    @JsonPropertyDescription("Whether time zones are checked, and become IANA names. Default true.")
        @Default("true")
        Boolean timeZones) {
  public Normalise {
    email = Absent.or(email, true);
    names = Absent.or(names, true);
    timeZones = Absent.or(timeZones, true);
  }
}
