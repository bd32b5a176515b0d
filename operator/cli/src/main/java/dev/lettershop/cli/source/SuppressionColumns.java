package dev.lettershop.cli.source;

import dev.lettershop.source.describe.SampledField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns in which an export says which addresses get no mail at all. */
final class SuppressionColumns {
  /** Say when mail to the address was refused for good. */
  private static final Set<String> MOMENTS = Set.of("cleantime", "emailbounceddate");

  private static final Set<String> REASONS = Set.of("emailhardbouncereason");

  private SuppressionColumns() {}

  /**
   * What makes suppressions of the records; empty when they say nothing about that.
   *
   * @param email field with the address, or null
   */
  static List<Map<String, Object>> mapping(SampledField email, List<SampledField> fields) {
    if (email == null) {
      return List.of();
    }
    SampledField moment = FieldNames.first(fields, MOMENTS);
    SampledField reason = FieldNames.first(fields, REASONS);
    if (moment != null) {
      return mapping(email, FieldNames.isFilled(moment), "HardBounce", moment);
    }
    if (reason != null) {
      return mapping(email, FieldNames.isFilled(reason), "HardBounce", null);
    }
    SampledField status = status(fields);
    return status == null
        ? List.of()
        : mapping(
            email, "string(" + status.cel() + ").lowerAscii() == 'blocklisted'", "Other", null);
  }

  /** listmonk's: also when nobody in the sample is blocked. */
  private static SampledField status(List<SampledField> fields) {
    boolean listmonk =
        FieldNames.first(fields, Set.of("uuid")) != null
            && FieldNames.first(fields, Set.of("attributes", "attribs")) != null;
    return listmonk ? FieldNames.first(fields, Set.of("status")) : null;
  }

  private static List<Map<String, Object>> mapping(
      SampledField email, String condition, String reason, SampledField moment) {
    List<Map<String, Object>> mapping = new ArrayList<>();
    mapping.add(FieldNames.mapped("email", condition + " ? string(" + email.cel() + ") : ''"));
    mapping.add(FieldNames.mapped("reason", "'" + reason + "'"));
    if (moment != null) {
      mapping.add(FieldNames.mapped("occurred_at", moment.cel()));
    }
    return mapping;
  }
}
