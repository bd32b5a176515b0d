package dev.lettershop.store.audience;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.hit.LinkTarget;
import dev.lettershop.store.pace.Politeness;
import java.util.List;
import java.util.Set;

/**
 * Who is to be mailed.
 *
 * @param include at least one; a profile is in the audience when any is true for it
 * @param exclude members of any of these are not mailed
 * @param optIn what the topic asks for
 * @param experiment stable name of the experiment, e.g. {@code namespace/campaign}: the same
 *     profile always gets the same answer for the same experiment
 * @param variants empty without an experiment; the weights' sum is at least 1 otherwise
 * @param holdoutPercent 0 to 100
 * @param maxRecipients null for no limit
 * @param testRecipients addresses; when not empty, only the audience's members among these are
 *     mailed
 * @param politeness what is heeded beyond that
 * @param opensTopic consent to which lets opens be recorded by person; null to record none so
 * @param links where links in the run's mails lead, when they are to be recorded
 */
public record FreezeRequest(
    ProfileSchema schema,
    List<Rule> include,
    List<Rule> exclude,
    String topic,
    OptIn optIn,
    String experiment,
    List<VariantWeight> variants,
    int holdoutPercent,
    Long maxRecipients,
    Set<String> testRecipients,
    Politeness politeness,
    String opensTopic,
    List<LinkTarget> links) {

  /**
   * @param weight at least 0; relative to the sum of all
   */
  public record VariantWeight(String name, int weight) {}

  /** Heeds nothing else. */
  public FreezeRequest(
      ProfileSchema schema,
      List<Rule> include,
      List<Rule> exclude,
      String topic,
      OptIn optIn,
      String experiment,
      List<VariantWeight> variants,
      int holdoutPercent,
      Long maxRecipients,
      Set<String> testRecipients) {
    this(
        schema,
        include,
        exclude,
        topic,
        optIn,
        experiment,
        variants,
        holdoutPercent,
        maxRecipients,
        testRecipients,
        Politeness.NONE,
        null,
        List.of());
  }

  public FreezeRequest {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    variants = List.copyOf(variants);
    testRecipients = Set.copyOf(testRecipients);
    links = List.copyOf(links);
  }

  @Override
  public String toString() {
    return "FreezeRequest[" + experiment + "]";
  }
}
