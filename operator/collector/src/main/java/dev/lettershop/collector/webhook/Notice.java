package dev.lettershop.collector.webhook;

import dev.lettershop.delivery.bounce.ReportedRefusal;

/**
 * One thing that a provider reports.
 *
 * @param id the provider's, which stays the same when it reports it again
 * @param address of the recipient
 * @param refusal what it means for the address
 * @param evidence text in which links of the mail may stand
 */
record Notice(String id, String address, ReportedRefusal refusal, String evidence) {
  /** Without the address. */
  @Override
  public String toString() {
    return "Notice[" + refusal + "]";
  }
}
