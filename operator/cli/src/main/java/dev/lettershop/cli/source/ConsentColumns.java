package dev.lettershop.cli.source;

import dev.lettershop.source.describe.SampledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns in which an export says who wants mail and who does not. Refusals are taken from
 * them; grants only where a column says when they were given, since whoever sends the mail has to
 * show it.
 */
final class ConsentColumns {
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
  private static final String NO = "['false', 'no', 'n', '0', 'unsubscribed']";

  private ConsentColumns() {}

  /**
   * What makes consents of the records; empty when they say nothing about that.
   *
   * @param agreement what is known of consents besides the records
   */
  static List<Map<String, Object>> mapping(List<SampledField> fields, Agreement agreement) {
    SampledField refusal = FieldNames.first(fields, REFUSALS);
    SampledField grant = FieldNames.first(fields, GRANTS);
    if (refusal != null) {
      String refused = lower(refusal) + " in " + YES + " ? 'Withdrawn' : ";
      return agreement.evidence() == null
          ? mapping(refused + "''", null)
          : agreed(refused + "'Granted'", agreement, agreement.evidence());
    }
    if (grant != null) {
      return ofAnswers(grant, FieldNames.first(fields, TIMES), agreement);
    }
    List<Map<String, Object>> ofMoments = ofMoments(fields);
    return ofMoments.isEmpty() && agreement.evidence() != null
        ? agreed("'Granted'", agreement, agreement.evidence())
        : ofMoments;
  }

  private static List<Map<String, Object>> ofAnswers(
      SampledField answer, SampledField time, Agreement agreement) {
    String value = lower(answer);
    String denied = value + " in " + NO + " ? 'Denied' : ";
    String granted = denied + value + " in " + YES + " ? 'Granted' : ''";
    if (time != null) {
      return mapping(granted, time.cel());
    }
    if (agreement.since() == null) {
      return mapping(denied + "''", null);
    }
    String evidence =
        agreement.evidence() == null
            ? "column " + String.join(".", answer.path())
            : agreement.evidence();
    return agreed(granted, agreement, evidence);
  }

  /** Answers that carry no moment of their own have that of the agreement. */
  private static List<Map<String, Object>> agreed(
      String status, Agreement agreement, String evidence) {
    List<Map<String, Object>> mapping = mapping(status, quoted(agreement.since().toString()));
    mapping.add(FieldNames.mapped("evidence", quoted(evidence)));
    return mapping;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Mailchimp's files say nothing but when somebody signed up, confirmed it and left. */
  private static List<Map<String, Object>> ofMoments(List<SampledField> fields) {
    SampledField left = FieldNames.first(fields, Set.of("unsubtime"));
    SampledField confirmed = FieldNames.first(fields, Set.of("confirmtime"));
    if (left == null && confirmed == null) {
      return List.of();
    }
    String status = "''";
    String time = "''";
    if (confirmed != null) {
      status = FieldNames.isFilled(confirmed) + " ? 'Granted' : ''";
      time = text(confirmed);
    }
    if (left != null) {
      status = FieldNames.isFilled(left) + " ? 'Withdrawn' : " + status;
      time = FieldNames.isFilled(left) + " ? " + text(left) + " : " + time;
    }
    List<Map<String, Object>> mapping = mapping(status, time);
    SampledField address = FieldNames.first(fields, Set.of("confirmip"));
    if (confirmed != null && address != null) {
      mapping.add(FieldNames.mapped("confirmed_at", text(confirmed)));
      mapping.add(FieldNames.mapped("ip_address", text(address)));
    }
    return mapping;
  }

  private static String lower(SampledField field) {
    return text(field) + ".lowerAscii()";
  }

  private static String text(SampledField field) {
    return "string(" + field.cel() + ")";
  }

  private static List<Map<String, Object>> mapping(String status, String time) {
    List<Map<String, Object>> mapping = new ArrayList<>();
    mapping.add(FieldNames.mapped("topic", "'newsletter'"));
    mapping.add(FieldNames.mapped("status", status));
    if (time != null) {
      mapping.add(FieldNames.mapped("occurred_at", time));
    }
    return mapping;
  }
}
