package dev.lettershop.api.v1alpha1;

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
