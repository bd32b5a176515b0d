package dev.lettershop.cli.source;

import dev.lettershop.source.describe.SampledField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A column in which an export says who wants no mail. Refusals are taken from it; grants only where
 * another column says when they were given, since whoever sends the mail has to show it.
 */
record ConsentColumn(SampledField answer, boolean refuses, SampledField time) {
  private static final Set<String> REFUSALS =
      Set.of(
          "unsubscribed",
          "optedout",
          "optout",
          "emailoptout",
          "emailblacklisted",
          "blacklisted",
          "hasoptedoutofemail",
          "unsubscribedfromallemail",
          "donotemail",
          "emailoptedout");
  private static final Set<String> GRANTS =
      Set.of(
          "acceptsemailmarketing",
          "acceptsmarketing",
          "emailmarketingconsent",
          "emailconsent",
          "newsletter",
          "optin",
          "emailoptin",
          "subscribed");
  private static final Set<String> TIMES =
      Set.of(
          "emailmarketingconsenttimestamp",
          "consenttimestamp",
          "consentdate",
          "optintime",
          "optindate",
          "confirmtime",
          "subscribedat",
          "emailconsenttimestamp");

  private static final String YES = "['true', 'yes', 'y', '1', 'x', 'subscribed', 'unsubscribed']";
  private static final String NO =
      "['false', 'no', 'n', '0', 'unsubscribed', 'never_subscribed', 'never subscribed']";

  /** The column, or null when there is none. */
  static ConsentColumn of(List<SampledField> fields) {
    SampledField refusal = first(fields, REFUSALS);
    SampledField grant = first(fields, GRANTS);
    if (refusal == null && grant == null) {
      return null;
    }
    return refusal != null
        ? new ConsentColumn(refusal, true, null)
        : new ConsentColumn(grant, false, first(fields, TIMES));
  }

  private static SampledField first(List<SampledField> fields, Set<String> names) {
    return fields.stream().filter(field -> names.contains(plain(field))).findFirst().orElse(null);
  }

  private static String plain(SampledField field) {
    String name = field.path().get(field.path().size() - 1);
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  List<Map<String, Object>> mapping() {
    String value = "string(" + answer.cel() + ").lowerAscii()";
    String status;
    if (refuses) {
      status = value + " in " + YES + " ? 'Withdrawn' : ''";
    } else if (time == null) {
      status = value + " in " + NO + " ? 'Denied' : ''";
    } else {
      status = value + " in " + NO + " ? 'Denied' : " + value + " in " + YES + " ? 'Granted' : ''";
    }
    List<Map<String, Object>> mapping = new ArrayList<>();
    mapping.add(mapped("topic", "'newsletter'"));
    mapping.add(mapped("status", status));
    if (time != null) {
      mapping.add(mapped("occurred_at", time.cel()));
    }
    return mapping;
  }

  private static Map<String, Object> mapped(String to, String value) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("to", to);
    one.put("value", value);
    return one;
  }
}
