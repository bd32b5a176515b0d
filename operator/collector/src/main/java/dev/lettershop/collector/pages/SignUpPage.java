package dev.lettershop.collector.pages;

import java.util.List;

/**
 * A sign-up form, empty or with what was wrong with it.
 *
 * @param action where the form is sent, relative to the page
 * @param topics to choose from; empty when there is only one
 * @param topicFault what is wrong with the choice, or null
 * @param wording what people agree to by sending the form
 */
record SignUpPage(
    String action,
    Field address,
    List<Field> fields,
    List<Choice> topics,
    String topicFault,
    String wording,
    List<Fault> faults) {

  /**
   * A line to fill in.
   *
   * @param autocomplete what browsers know the value as (WCAG 2.2, 1.3.5), or null
   * @param fault what is wrong with the value, or null
   */
  record Field(String name, String label, String autocomplete, String value, String fault) {}

  /** What is wrong, and where. */
  record Fault(String field, String message) {}
}
