package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Normalise(Boolean email, Boolean names, CountryFormat countries, Boolean timeZones) {
  static final Normalise DEFAULT = new Normalise(null, null, null, null);

  public Normalise {
    email = Absent.or(email, true);
    names = Absent.or(names, true);
    timeZones = Absent.or(timeZones, true);
  }
}
