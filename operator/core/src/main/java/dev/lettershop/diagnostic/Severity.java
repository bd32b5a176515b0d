package dev.lettershop.diagnostic;

/** How bad a finding is. Only {@link #Error} stops a plan from being made. */
public enum Severity {
  Error,
  Warning,
  Info
}
