package dev.lettershop.api.v1alpha1.segment;

/** How an attribute or a property is compared with what a condition says. */
public enum RuleOperator {
  Equal,
  NotEqual,
  In,
  NotIn,
  GreaterThan,
  GreaterThanOrEqual,
  LessThan,
  LessThanOrEqual,
  Contains,
  StartsWith,
  EndsWith,
  Exists,
  DoesNotExist
}
