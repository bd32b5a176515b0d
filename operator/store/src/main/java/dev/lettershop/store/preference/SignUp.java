package dev.lettershop.store.preference;

import java.util.List;
import java.util.Map;

/**
 * What somebody entered in a sign-up form. Nothing in it is known to be true: whoever it was may
 * have entered the address of somebody else.
 *
 * @param form name of the form
 * @param address an e-mail address that mail can be sent to
 * @param topics at least one
 * @param locale language of the form, as a tag
 * @param attributes declared attributes, typed as the schema says; only taken for somebody whom the
 *     store does not know yet
 * @param evidence how it is known: wording, time, network address
 */
public record SignUp(
    String form,
    String address,
    List<String> topics,
    String locale,
    Map<String, Object> attributes,
    Map<String, Object> evidence) {
  public SignUp {
    topics = List.copyOf(topics);
    attributes = Map.copyOf(attributes);
    evidence = Map.copyOf(evidence);
  }

  /** Without what was entered: that is personal. */
  @Override
  public String toString() {
    return "SignUp[" + form + "]";
  }
}
