package dev.lettershop.rule.ast;

/** Parts of a date, counted as CEL counts them. */
public enum DatePart {
  FullYear("getFullYear"),
  /** From 0. */
  Month("getMonth"),
  /** From 1. */
  Date("getDate"),
  /** From 0. */
  DayOfMonth("getDayOfMonth"),
  /** From 0, which is Sunday. */
  DayOfWeek("getDayOfWeek"),
  /** From 0. */
  DayOfYear("getDayOfYear"),
  Hours("getHours"),
  Minutes("getMinutes"),
  Seconds("getSeconds"),
  Milliseconds("getMilliseconds");

  private final String function;

  DatePart(String function) {
    this.function = function;
  }

  /** Name of the CEL function. */
  public String function() {
    return function;
  }
}
