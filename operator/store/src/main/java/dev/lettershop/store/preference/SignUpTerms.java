package dev.lettershop.store.preference;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import java.util.Map;

/**
 * By what rules sign-ups become consents.
 *
 * @param namespace of the collector
 * @param collector its name
 * @param schema of the store
 * @param optIns by topic; other topics cannot be signed up for
 * @param planHash names what the confirmation mails say; null when there are none: then nobody can
 *     sign up for what has to be confirmed
 * @param maxAttempts after so many temporary failures a confirmation mail has failed
 */
public record SignUpTerms(
    String namespace,
    String collector,
    ProfileSchema schema,
    Map<String, OptIn> optIns,
    String planHash,
    int maxAttempts) {
  public SignUpTerms {
    optIns = Map.copyOf(optIns);
  }

  /** What stands in place of a campaign in the ledger; no resource can have such a name. */
  public String campaign() {
    return "sign-up_" + collector;
  }
}
