package dev.lettershop.delivery.policy;

import dev.lettershop.delivery.bounce.Refusal;

/**
 * An address that the relay refused for good, or for now until its tries were over.
 *
 * @param address as it was given to the relay
 */
public record RefusedAddress(long profileId, String address, Refusal refusal) {
  /** Names no person, so that it may end in a log. */
  @Override
  public String toString() {
    return "RefusedAddress[" + profileId + ", " + refusal + "]";
  }
}
