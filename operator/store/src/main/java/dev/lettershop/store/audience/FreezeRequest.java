package dev.lettershop.store.audience;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.hit.LinkTarget;
import dev.lettershop.store.pace.ContactPolicy;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * Who is to be mailed.
 *
 * @param include at least one; a profile is in the audience when any is true for it
 * @param exclude members of any of these are not mailed
 * @param topic null for transactional mail, which nobody consents to
 * @param optIn what the topic asks for; Implied without one
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
 * @param controlPercent share of people whom no campaign mails, 0 to 50
 * @param comparison how the variants are compared; null when nothing is decided
 * @param goal what the mails are to lead to; null when nothing is said
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
    ContactPolicy politeness,
    String opensTopic,
    List<LinkTarget> links,
    int controlPercent,
    Comparison comparison,
    GoalTerms goal) {

  /**
   * @param weight at least 0; relative to the sum of all
   * @param localTime at which it is sent in the recipient's zone; null for no time of its own
   */
  public record VariantWeight(String name, int weight, LocalTime localTime) {

    /** One without a time of its own. */
    public VariantWeight(String name, int weight) {
      this(name, weight, null);
    }
  }

  /** A request for nobody yet, that heeds nothing. */
  public static Builder builder(ProfileSchema schema) {
    return new Builder(schema);
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

  /** Builds a request; opt-in and experiment are required. */
  public static final class Builder {
    private final ProfileSchema schema;
    private List<Rule> include = List.of();
    private List<Rule> exclude = List.of();
    private String topic;
    private OptIn optIn;
    private String experiment;
    private List<VariantWeight> variants = List.of();
    private int holdoutPercent;
    private Long maxRecipients;
    private Set<String> testRecipients = Set.of();
    private ContactPolicy politeness = ContactPolicy.NONE;
    private String opensTopic;
    private List<LinkTarget> links = List.of();
    private int controlPercent;
    private Comparison comparison;
    private GoalTerms goal;

    private Builder(ProfileSchema schema) {
      this.schema = schema;
    }

    public Builder include(List<Rule> include) {
      this.include = include;
      return this;
    }

    public Builder exclude(List<Rule> exclude) {
      this.exclude = exclude;
      return this;
    }

    public Builder topic(String topic) {
      this.topic = topic;
      return this;
    }

    public Builder optIn(OptIn optIn) {
      this.optIn = optIn;
      return this;
    }

    public Builder experiment(String experiment) {
      this.experiment = experiment;
      return this;
    }

    public Builder variants(List<VariantWeight> variants) {
      this.variants = variants;
      return this;
    }

    public Builder holdoutPercent(int holdoutPercent) {
      this.holdoutPercent = holdoutPercent;
      return this;
    }

    public Builder maxRecipients(Long maxRecipients) {
      this.maxRecipients = maxRecipients;
      return this;
    }

    public Builder testRecipients(Set<String> testRecipients) {
      this.testRecipients = testRecipients;
      return this;
    }

    public Builder politeness(ContactPolicy politeness) {
      this.politeness = politeness;
      return this;
    }

    public Builder opensTopic(String opensTopic) {
      this.opensTopic = opensTopic;
      return this;
    }

    public Builder links(List<LinkTarget> links) {
      this.links = links;
      return this;
    }

    public Builder controlPercent(int controlPercent) {
      this.controlPercent = controlPercent;
      return this;
    }

    public Builder comparison(Comparison comparison) {
      this.comparison = comparison;
      return this;
    }

    public Builder goal(GoalTerms goal) {
      this.goal = goal;
      return this;
    }

    public FreezeRequest build() {
      return new FreezeRequest(
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
          politeness,
          opensTopic,
          links,
          controlPercent,
          comparison,
          goal);
    }
  }
}
