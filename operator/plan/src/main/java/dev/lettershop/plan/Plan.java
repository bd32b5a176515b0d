package dev.lettershop.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lettershop.api.v1alpha1.campaign.Audience;
import dev.lettershop.api.v1alpha1.campaign.CampaignAttachment;
import dev.lettershop.api.v1alpha1.campaign.CampaignGoal;
import dev.lettershop.api.v1alpha1.campaign.CampaignHeader;
import dev.lettershop.api.v1alpha1.campaign.CampaignTrigger;
import dev.lettershop.api.v1alpha1.campaign.FrequencyCap;
import dev.lettershop.api.v1alpha1.campaign.QuietHours;
import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.experiment.ExperimentDecision;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.Encryption;
import dev.lettershop.api.v1alpha1.store.Engagement;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.api.v1alpha1.transport.AlternativeServer;
import dev.lettershop.api.v1alpha1.transport.DkimKey;
import dev.lettershop.api.v1alpha1.transport.LinkSettings;
import dev.lettershop.api.v1alpha1.transport.SmtpServer;
import dev.lettershop.api.v1alpha1.transport.SoftBounceLimit;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.CompiledTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that one run of a campaign needs to know, and nothing that changes while it runs. Secrets
 * appear by reference only, people not at all. Equal plans have equal bytes (see {@link
 * PlanDocument}).
 *
 * @param formatVersion {@value #FORMAT_VERSION}; a worker refuses a plan of another format
 * @param headers that each mail carries beside its own
 * @param attachments that each mail carries
 * @param topic null for transactional mail, which needs no consent
 * @param segments CEL of every segment that the audience or a content rule reaches, also through
 *     {@code inSegment}, by name
 * @param template name of the campaign's template; variants may name others
 * @param variants empty without an experiment
 * @param holdoutPercent 0 to 50: share of the audience that gets nothing, for comparison
 * @param templates every template that is used, compiled, by name
 * @param parallelism number of shards, at least 1
 * @param maxRecipients the run is refused above this many, or null for no limit
 * @param delivery when and how fast mails go out; null when nothing is said about it
 * @param tracking what is recorded of those who get the mails; null for nothing
 * @param trigger what triggers the campaign; null for one that is sent to its audience
 * @param recommendations what fills those of the mails; null where there are none
 * @param testPercent share of the audience that gets the variants first; null for all of it
 * @param decision when a variant has won; null for never
 * @param goal what the mails are to lead to; null when nothing is said
 */
public record Plan(
    int formatVersion,
    String namespace,
    String campaign,
    Store store,
    Transport transport,
    Mailbox from,
    String replyTo,
    List<CampaignHeader> headers,
    List<CampaignAttachment> attachments,
    String topic,
    OptIn optIn,
    Audience audience,
    Map<String, String> segments,
    List<ContentRule> contentRules,
    String template,
    List<Variant> variants,
    int holdoutPercent,
    Map<String, CompiledTemplate> templates,
    UncertainPolicy onUncertain,
    int parallelism,
    Long maxRecipients,
    Delivery delivery,
    Tracking tracking,
    Trigger trigger,
    Recommendations recommendations,
    Integer testPercent,
    ExperimentDecision decision,
    CampaignGoal goal) {

  /** The only format there is. */
  public static final int FORMAT_VERSION = 1;

  /** Absent members count as empty: the canonical JSON leaves empty ones out. */
  public Plan {
    headers = headers == null ? List.of() : List.copyOf(headers);
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
    segments = segments == null ? Map.of() : Map.copyOf(segments);
    contentRules = contentRules == null ? List.of() : List.copyOf(contentRules);
    variants = variants == null ? List.of() : List.copyOf(variants);
    templates = templates == null ? Map.of() : Map.copyOf(templates);
    delivery = Delivery.AT_ONCE.equals(delivery) ? null : delivery;
  }

  /** Values of the header fields that each mail carries beside its own, by name. */
  @JsonIgnore
  public Map<String, String> headerFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    headers.forEach(header -> fields.put(header.name(), header.value()));
    return fields;
  }

  /** Whether the mail is about something that its recipient did, and needs no consent. */
  @JsonIgnore
  public boolean isTransactional() {
    return topic == null;
  }

  /** What is said about when and how fast mails go out; never null. */
  @JsonIgnore
  public Delivery pace() {
    return delivery == null ? Delivery.AT_ONCE : delivery;
  }

  /** The same mail to the same people, handed to another relay. */
  public Plan sentThrough(Transport other) {
    return new PlanBuilder(this).transport(other).build();
  }

  /** Where the profiles are, and what they look like. */
  public record Store(
      String name,
      PostgresqlConnection postgresql,
      List<Attribute> attributes,
      List<EventType> events,
      Retention retention,
      Encryption encryption,
      List<String> dropAttributes,
      Engagement engagement,
      Integer controlGroupPercent) {
    public Store {
      attributes = attributes == null ? List.of() : List.copyOf(attributes);
      events = events == null ? List.of() : List.copyOf(events);
      dropAttributes = dropAttributes == null ? List.of() : List.copyOf(dropAttributes);
    }

    /** One in which opens and clicks are understood by default. */
    public Store(
        String name,
        PostgresqlConnection postgresql,
        List<Attribute> attributes,
        List<EventType> events,
        Retention retention,
        Encryption encryption,
        List<String> dropAttributes) {
      this(name, postgresql, attributes, events, retention, encryption, dropAttributes, null, null);
    }

    /** One that encrypts nothing. */
    public Store(
        String name,
        PostgresqlConnection postgresql,
        List<Attribute> attributes,
        List<EventType> events,
        Retention retention) {
      this(name, postgresql, attributes, events, retention, null, null);
    }

    /** One that keeps everything for good. */
    public Store(
        String name,
        PostgresqlConnection postgresql,
        List<Attribute> attributes,
        List<EventType> events) {
      this(name, postgresql, attributes, events, null);
    }

    /** The same, where opens and clicks are understood so; null for the default. */
    public Store with(Engagement other) {
      return new Store(
          name,
          postgresql,
          attributes,
          events,
          retention,
          encryption,
          dropAttributes,
          other,
          controlGroupPercent);
    }

    /**
     * The same, of whose people no campaign mails a share.
     *
     * @param percent 0 for mailing all of them
     */
    public Store holdingBack(int percent) {
      return new Store(
          name,
          postgresql,
          attributes,
          events,
          retention,
          encryption,
          dropAttributes,
          engagement,
          percent == 0 ? null : percent);
    }

    /** Share of the people whom no campaign mails, 0 to 20. */
    @JsonIgnore
    public int controlPercent() {
      return controlGroupPercent == null ? 0 : controlGroupPercent;
    }

    /** How opens and clicks are understood; never null. */
    @JsonIgnore
    public Engagement understanding() {
      return engagement == null ? Engagement.DEFAULT : engagement;
    }

    @JsonIgnore
    public ProfileSchema schema() {
      return ProfileSchema.of(attributes, events, encryption != null).dropping(dropAttributes);
    }
  }

  /**
   * Through whom the mail goes.
   *
   * @param alternatives servers that take mails too, or in place of the first
   * @param ratePerSecond most mails a second, or null for no limit
   * @param links null when no public address for links is configured
   * @param dkim keys that sign mails of this sender, in the order of the signatures
   * @param bounces where bounces go, or null for the sender
   */
  public record Transport(
      String name,
      SmtpServer smtp,
      List<AlternativeServer> alternatives,
      Integer ratePerSecond,
      LinkSettings links,
      List<DkimKey> dkim,
      BounceAddresses bounces) {
    public Transport {
      alternatives = alternatives == null ? List.of() : List.copyOf(alternatives);
      dkim = dkim == null ? List.of() : List.copyOf(dkim);
    }

    /** Unsigned, with bounces to the sender. */
    public Transport(String name, SmtpServer smtp, Integer ratePerSecond, LinkSettings links) {
      this(name, smtp, List.of(), ratePerSecond, links, List.of(), null);
    }
  }

  /**
   * Envelope senders of which each tells one delivery.
   *
   * @param domain to which bounces return
   * @param keySecretRef with what they are signed
   * @param softLimit when an address that takes no mail for the time being is suppressed
   */
  public record BounceAddresses(
      String domain, SecretKeyRef keySecretRef, SoftBounceLimit softLimit) {}

  /**
   * When and how fast mails go out; members are null where nothing is said.
   *
   * @param localTime HH:MM in the recipient's time zone
   * @param ratePerSecond of this campaign alone
   * @param perDomain most mails under way to one domain, over all shards
   * @param priority 1 to 100; null for 50
   * @param timeZone of recipients of whom none is known; null for UTC
   */
  public record Delivery(
      String localTime,
      QuietHours quietHours,
      FrequencyCap frequencyCap,
      Integer ratePerSecond,
      Integer perDomain,
      Integer priority,
      String timeZone) {
    static final Delivery AT_ONCE = new Delivery(null, null, null, null, null, null, null);
  }

  /**
   * What is recorded of those who get the mails.
   *
   * @param opensTopic consent to which lets opens be recorded by person; null to count opens of
   *     nobody by name
   */
  public record Tracking(boolean opens, boolean clicks, String opensTopic) {}

  /**
   * What triggers a campaign, and who then gets it. Durations as in resources.
   *
   * @param event name, or null where entering a segment triggers
   * @param segment name, or null where an event triggers
   * @param when CEL, or null for everybody
   * @param unless what cancels, or null
   */
  public record Trigger(
      String event,
      String segment,
      String when,
      String delay,
      Unless unless,
      int atMost,
      String per,
      String by,
      boolean restart,
      String startingDeadline) {

    /**
     * What a resource declares, with defaults in place.
     *
     * @param by property of the event of which each value counts by itself, or null
     * @param startingDeadline after which a mail that is due goes out no more
     */
    public static Trigger of(
        CampaignTrigger declared, Unless unless, String by, String startingDeadline) {
      return new Trigger(
          declared.event(),
          declared.enters() == null ? null : declared.enters().segment(),
          declared.when() == null ? null : declared.when().strip(),
          declared.delay(),
          unless,
          declared.reentry().atMost(),
          declared.reentry().per(),
          by,
          declared.restart(),
          startingDeadline);
    }

    /**
     * @param sources ProfileSources that may bring the event, by name; nobody is decided about
     *     before they were read
     */
    public record Unless(String event, List<String> matching, String since, List<String> sources) {
      public Unless {
        matching = matching == null ? List.of() : List.copyOf(matching);
        sources = sources == null ? List.of() : List.copyOf(sources);
      }
    }
  }

  /**
   * @param weight share of the audience, relative to the sum of all weights
   * @param rules of its own, which come before the campaign's
   * @param localTime HH:MM in the recipient's time zone, where it is sent at a time of its own;
   *     else null
   */
  public record Variant(
      String name, int weight, String template, List<ContentRule> rules, String localTime) {
    public Variant {
      rules = rules == null ? List.of() : List.copyOf(rules);
    }

    /** One that differs by its template at most. */
    public Variant(String name, int weight, String template) {
      this(name, weight, template, null, null);
    }
  }

  /**
   * The content rules of a variant: its own, then the campaign's.
   *
   * @param variant null for none
   */
  public List<ContentRule> rulesOf(String variant) {
    return variants.stream()
        .filter(one -> one.name().equals(variant))
        .findFirst()
        .map(one -> Stream.concat(one.rules().stream(), contentRules.stream()).toList())
        .orElse(contentRules);
  }
}
