package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.campaign.Audience;
import dev.lettershop.api.v1alpha1.campaign.CampaignAttachment;
import dev.lettershop.api.v1alpha1.campaign.CampaignGoal;
import dev.lettershop.api.v1alpha1.campaign.CampaignHeader;
import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.experiment.ExperimentDecision;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.template.CompiledTemplate;
import java.util.List;
import java.util.Map;

/** Builds a {@link Plan} of the only format there is. */
public final class PlanBuilder {
  private String namespace;
  private String campaign;
  private Plan.Store store;
  private Plan.Transport transport;
  private Mailbox from;
  private String replyTo;
  private List<CampaignHeader> headers;
  private List<CampaignAttachment> attachments;
  private String topic;
  private OptIn optIn;
  private Audience audience;
  private Map<String, String> segments;
  private List<ContentRule> contentRules;
  private String template;
  private List<Plan.Variant> variants;
  private int holdoutPercent;
  private Map<String, CompiledTemplate> templates;
  private UncertainPolicy onUncertain;
  private int parallelism;
  private Long maxRecipients;
  private Plan.Delivery delivery;
  private Plan.Tracking tracking;
  private Plan.Trigger trigger;
  private Recommendations recommendations;
  private Integer testPercent;
  private ExperimentDecision decision;
  private CampaignGoal goal;

  public PlanBuilder() {}

  /** Begins with what another plan says. */
  public PlanBuilder(Plan plan) {
    this.namespace = plan.namespace();
    this.campaign = plan.campaign();
    this.store = plan.store();
    this.transport = plan.transport();
    this.from = plan.from();
    this.replyTo = plan.replyTo();
    this.headers = plan.headers();
    this.attachments = plan.attachments();
    this.topic = plan.topic();
    this.optIn = plan.optIn();
    this.audience = plan.audience();
    this.segments = plan.segments();
    this.contentRules = plan.contentRules();
    this.template = plan.template();
    this.variants = plan.variants();
    this.holdoutPercent = plan.holdoutPercent();
    this.templates = plan.templates();
    this.onUncertain = plan.onUncertain();
    this.parallelism = plan.parallelism();
    this.maxRecipients = plan.maxRecipients();
    this.delivery = plan.delivery();
    this.tracking = plan.tracking();
    this.trigger = plan.trigger();
    this.recommendations = plan.recommendations();
    this.testPercent = plan.testPercent();
    this.decision = plan.decision();
    this.goal = plan.goal();
  }

  public PlanBuilder namespace(String namespace) {
    this.namespace = namespace;
    return this;
  }

  public PlanBuilder campaign(String campaign) {
    this.campaign = campaign;
    return this;
  }

  public PlanBuilder store(Plan.Store store) {
    this.store = store;
    return this;
  }

  public PlanBuilder transport(Plan.Transport transport) {
    this.transport = transport;
    return this;
  }

  public PlanBuilder from(Mailbox from) {
    this.from = from;
    return this;
  }

  public PlanBuilder replyTo(String replyTo) {
    this.replyTo = replyTo;
    return this;
  }

  public PlanBuilder attachments(List<CampaignAttachment> attachments) {
    this.attachments = attachments;
    return this;
  }

  public PlanBuilder headers(List<CampaignHeader> headers) {
    this.headers = headers;
    return this;
  }

  public PlanBuilder topic(String topic) {
    this.topic = topic;
    return this;
  }

  public PlanBuilder optIn(OptIn optIn) {
    this.optIn = optIn;
    return this;
  }

  public PlanBuilder audience(Audience audience) {
    this.audience = audience;
    return this;
  }

  public PlanBuilder segments(Map<String, String> segments) {
    this.segments = segments;
    return this;
  }

  public PlanBuilder contentRules(List<ContentRule> contentRules) {
    this.contentRules = contentRules;
    return this;
  }

  public PlanBuilder template(String template) {
    this.template = template;
    return this;
  }

  public PlanBuilder variants(List<Plan.Variant> variants) {
    this.variants = variants;
    return this;
  }

  public PlanBuilder holdoutPercent(int holdoutPercent) {
    this.holdoutPercent = holdoutPercent;
    return this;
  }

  public PlanBuilder templates(Map<String, CompiledTemplate> templates) {
    this.templates = templates;
    return this;
  }

  public PlanBuilder onUncertain(UncertainPolicy onUncertain) {
    this.onUncertain = onUncertain;
    return this;
  }

  public PlanBuilder parallelism(int parallelism) {
    this.parallelism = parallelism;
    return this;
  }

  public PlanBuilder maxRecipients(Long maxRecipients) {
    this.maxRecipients = maxRecipients;
    return this;
  }

  public PlanBuilder delivery(Plan.Delivery delivery) {
    this.delivery = delivery;
    return this;
  }

  public PlanBuilder tracking(Plan.Tracking tracking) {
    this.tracking = tracking;
    return this;
  }

  public PlanBuilder trigger(Plan.Trigger trigger) {
    this.trigger = trigger;
    return this;
  }

  public PlanBuilder recommendations(Recommendations recommendations) {
    this.recommendations = recommendations;
    return this;
  }

  public PlanBuilder testPercent(Integer testPercent) {
    this.testPercent = testPercent;
    return this;
  }

  public PlanBuilder decision(ExperimentDecision decision) {
    this.decision = decision;
    return this;
  }

  public PlanBuilder goal(CampaignGoal goal) {
    this.goal = goal;
    return this;
  }

  public Plan build() {
    return new Plan(
        Plan.FORMAT_VERSION,
        namespace,
        campaign,
        store,
        transport,
        from,
        replyTo,
        headers,
        attachments,
        topic,
        optIn,
        audience,
        segments,
        contentRules,
        template,
        variants,
        holdoutPercent,
        templates,
        onUncertain,
        parallelism,
        maxRecipients,
        delivery,
        tracking,
        trigger,
        recommendations,
        testPercent,
        decision,
        goal);
  }
}
