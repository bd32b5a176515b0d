package dev.lettershop.api.v1alpha1.segment;

/** Rules between the fields of conditions, shared by the types that may hold them. */
final class TermRules {
  static final String OPERATOR = "has(self.attribute) == has(self.operator)";
  static final String OPERATOR_MESSAGE = "must be set with attribute, and only then";

  static final String VALUE =
      "!has(self.operator) || (self.operator in ['In', 'NotIn', 'Exists', 'DoesNotExist'])"
          + " != has(self.value)";
  static final String VALUE_MESSAGE =
      "must be set, unless the operator is In or NotIn (they take values) or Exists or"
          + " DoesNotExist (they take none)";

  static final String VALUES =
      "!has(self.operator) || (self.operator in ['In', 'NotIn'])"
          + " == (has(self.values) && size(self.values) > 0)";
  static final String VALUES_MESSAGE = "must be set with operator In or NotIn, and only then";

  static final String NO_STRAY_VALUE =
      "has(self.operator) || (!has(self.value) && !has(self.values))";
  static final String NO_STRAY_VALUE_MESSAGE = "value and values must only be set with attribute";

  static final String EVENT_ONLY =
      "has(self.event) || !(has(self.within) || has(self.atLeast) || has(self.atMost) ||"
          + " has(self.where))";
  static final String EVENT_ONLY_MESSAGE =
      "within, atLeast, atMost and where must only be set with event";

  static final String COUNT =
      "!has(self.atLeast) || !has(self.atMost) || self.atLeast <= self.atMost";
  static final String COUNT_MESSAGE = "must not be less than atLeast";

  private TermRules() {}
}
