package dev.lettershop.source.clean;

import dev.lettershop.api.v1alpha1.field.CountryFormat;
import dev.lettershop.api.v1alpha1.field.FieldKind;
import dev.lettershop.api.v1alpha1.field.FieldRule;
import dev.lettershop.api.v1alpha1.field.MissingPolicy;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.field.RegionFormat;
import dev.lettershop.api.v1alpha1.field.TableEntry;
import dev.lettershop.api.v1alpha1.field.Unlisted;
import dev.lettershop.profile.PlainText;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings text that means the same to the same form. What is cleaned how follows from the field's
 * rule, else from its name: {@code email}; {@code name} and whatever ends in {@code _name}; {@code
 * country} and whatever ends in {@code _country} or {@code country_code}; {@code region}, {@code
 * state}, {@code province}, {@code phone}, {@code mobile} and {@code time_zone} and whatever ends
 * so; {@code locale}. All other text is taken as it is.
 */
public final class Cleaning {
  private static final FieldCleaning.TextCleaning AS_IT_IS = (text, record) -> Converted.of(text);
  private static final FieldRule NO_RULE =
      new FieldRule(
          "any",
          null,
          null,
          null,
          null,
          null,
          MissingPolicy.Keep,
          List.of(),
          null,
          Unlisted.Keep,
          null);

  private final Normalise normalise;
  private final boolean strict;
  private final Map<String, FieldRule> rules = new HashMap<>();
  private final Set<String> absent;
  private FieldValue country = FieldValue.column("country");
  private Countries countries;
  private TimeZones timeZones;
  private Regions regions;
  private PhoneNumbers phones;

  /**
   * @param normalise what is cleaned at all
   */
  public Cleaning(Normalise normalise) {
    this(normalise, false);
  }

  /**
   * @param strict whether any invalid record stops the sync
   */
  public Cleaning(Normalise normalise, boolean strict) {
    this.normalise = normalise;
    this.strict = strict;
    normalise.fields().forEach(rule -> rules.put(rule.name(), rule));
    this.absent =
        normalise.absent().stream()
            .map(text -> PlainText.line(text).toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Where a record's country comes from; its column of that name unless told otherwise. */
  public void countryFrom(FieldValue value) {
    country = value;
  }

  /** How values for this field are tidied. Never null. */
  public FieldCleaning of(String field) {
    FieldRule rule = rules.getOrDefault(field, NO_RULE);
    return of(rule, rule.as() == null ? byName(field) : rule.as());
  }

  /** The same for a property of an event: what is called name there is a thing's. */
  public FieldCleaning ofProperty(String property) {
    FieldRule rule = rules.getOrDefault(property, NO_RULE);
    FieldKind kind = rule.as() == null ? byName(property) : rule.as();
    FieldCleaning tidying =
        of(rule, kind == FieldKind.Name && rule.as() == null ? FieldKind.Text : kind);
    return rule.onInvalid() == null ? tidying.costingTheRecord() : tidying;
  }

  /** The same for a field whose name does not say what it is. */
  public FieldCleaning plain(String field) {
    FieldRule rule = rules.getOrDefault(field, NO_RULE);
    return of(rule, rule.as() == null ? FieldKind.Text : rule.as());
  }

  private FieldCleaning of(FieldRule rule, FieldKind kind) {
    String numbers = rule.numbers() == null ? normalise.numbers() : rule.numbers();
    return new FieldCleaning(
        text(kind, rule),
        rule.dates() == null ? normalise.dates() : rule.dates(),
        numbers == null ? null : new LocalNumbers(numbers),
        absent,
        rule.byDefault(),
        rule.missing(),
        rule.table().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> PlainText.line(entry.from()).toLowerCase(Locale.ROOT),
                    TableEntry::to,
                    (a, b) -> a)),
        rule.unlisted(),
        InvalidValues.of(rule.onInvalid(), kind, strict));
  }

  private FieldCleaning.TextCleaning text(FieldKind kind, FieldRule rule) {
    FieldCleaning.TextCleaning cleaning = cleaning(kind, rule);
    return kind == FieldKind.Text
        ? cleaning
        : (text, record) -> cleaning.clean(PlainText.line(text), record);
  }

  private FieldCleaning.TextCleaning cleaning(FieldKind kind, FieldRule rule) {
    String region = rule.region() == null ? normalise.phones() : rule.region();
    return switch (kind) {
      case Text -> AS_IT_IS;
      case Name -> (text, record) -> PersonNames.normalise(text);
      case Email -> (text, record) -> EmailAddress.normalise(text);
      case Locale -> (text, record) -> languageTag(text);
      case TimeZone -> {
        TimeZones known = timeZones();
        yield (text, record) -> known.normalise(text);
      }
      case Country -> {
        Countries known = countries();
        yield (text, record) -> known.normalise(text);
      }
      case Region -> {
        Regions known = regions();
        yield (text, record) -> known.normalise(text, countryOf(record, rule.region()));
      }
      case Phone -> {
        PhoneNumbers known = phones();
        yield (text, record) -> known.normalise(text, countryOf(record, region));
      }
    };
  }

  private FieldKind byName(String field) {
    if (field.equals("email")) {
      return normalise.email() ? FieldKind.Email : FieldKind.Text;
    }
    if (field.equals("locale")) {
      return FieldKind.Locale;
    }
    if (ends(field, "name")) {
      return normalise.names() ? FieldKind.Name : FieldKind.Text;
    }
    if (ends(field, "time_zone")) {
      return normalise.timeZones() ? FieldKind.TimeZone : FieldKind.Text;
    }
    if (ends(field, "country") || field.endsWith("country_code")) {
      return normalise.countries() == CountryFormat.Iso3166 ? FieldKind.Country : FieldKind.Text;
    }
    if (ends(field, "region") || ends(field, "state") || ends(field, "province")) {
      return normalise.regions() == RegionFormat.Iso3166 ? FieldKind.Region : FieldKind.Text;
    }
    boolean phone = ends(field, "phone") || ends(field, "mobile");
    return phone && normalise.phones() != null ? FieldKind.Phone : FieldKind.Text;
  }

  private static boolean ends(String field, String word) {
    return field.equals(word) || field.endsWith("_" + word);
  }

  /** The record's own country where it has a known one. */
  private String countryOf(Map<String, Object> record, String otherwise) {
    boolean told =
        country.of(record) instanceof Converted.Value value && value.value() instanceof String;
    if (!told) {
      return otherwise;
    }
    String text = (String) ((Converted.Value) country.of(record)).value();
    return countries().normalise(PlainText.line(text)) instanceof Converted.Value code
        ? (String) code.value()
        : otherwise;
  }

  private Countries countries() {
    if (countries == null) {
      countries = new Countries();
    }
    return countries;
  }

  private TimeZones timeZones() {
    if (timeZones == null) {
      timeZones = new TimeZones();
    }
    return timeZones;
  }

  private Regions regions() {
    if (regions == null) {
      regions = new Regions();
    }
    return regions;
  }

  private PhoneNumbers phones() {
    if (phones == null) {
      phones = new PhoneNumbers();
    }
    return phones;
  }

  /** {@code en_us} becomes {@code en-US} (RFC 5646 §2.1.1). */
  private static Converted languageTag(String text) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text.replace('_', '-')).build();
      return locale.getLanguage().isEmpty()
          ? Converted.invalid("is not a language tag such as en-US")
          : Converted.of(locale.toLanguageTag());
    } catch (IllformedLocaleException malformed) {
      return Converted.invalid("is not a language tag such as en-US");
    }
  }
}
