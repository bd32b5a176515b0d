package dev.lettershop.store.trigger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.store.audience.FreezeRequest;

/**
 * What the present plan of a triggered campaign asks for.
 *
 * @param audience who may get it; an empty {@code include} means everybody, and {@code
 *     maxRecipients} counts by the hour
 * @param run what the runs of the plan are made with
 */
public record AdmissionRequest(FreezeRequest audience, TriggerTerms terms, RunTerms run) {

  /**
   * @param planHash {@code sha256:} and hexadecimal digits
   * @param planJson canonical JSON
   * @param maxAttempts after so many temporary failures a recipient has failed
   */
  public record RunTerms(
      String planHash, String planJson, UncertainPolicy onUncertain, int maxAttempts) {}
}
