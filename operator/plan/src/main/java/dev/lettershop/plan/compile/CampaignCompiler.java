package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignRecommendations;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.Delivery;
import dev.lettershop.api.v1alpha1.campaign.FrequencyCap;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.experiment.Variant;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.model.RecommendExclude;
import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanBuilder;
import dev.lettershop.plan.Recommendations;
import dev.lettershop.resource.DurationText;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.TemplateCompiler.Recording;
import dev.lettershop.template.TemplateResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compiles one campaign. Goes on after each finding, so that all are reported at once. */
final class CampaignCompiler {
  private static final int DEFAULT_PRIORITY = 50;

  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;
  private final ResourceRef ref;
  private final CampaignSpec spec;
  private final boolean transactional;

  /** Segments that the plan has to carry. */
  private final Set<String> segments = new TreeSet<>();

  private final Map<String, TemplateResult> templates = new TreeMap<>();
  private Recording recording = Recording.NOTHING;

  CampaignCompiler(
      PlanCompiler compiler,
      ResourceSet resources,
      Findings findings,
      ResourceRef ref,
      CampaignSpec spec) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
    this.ref = ref;
    this.spec = spec;
    this.transactional = TransactionalCheck.applies(spec);
  }

  /** The plan; only complete when no error was found, null when it cannot even be put together. */
  Plan compile() {
    MailTransportSpec transport = transport();
    StoreContext store =
        compiler.store(ref, "spec.storeRef.name", spec.storeRef().name(), findings);
    if (store == null) {
      return null;
    }
    Topic topic = transactional ? null : topic(store);
    frequencyCap(store);
    audience(store);
    Plan.Trigger trigger = trigger(store);
    contentRules(store);
    Plan.Tracking tracking =
        new TrackingCompiler(findings, ref, spec, new LinkHosts(resources, findings))
            .compile(store, transport);
    if (tracking != null) {
      recording = new Recording(tracking.opens(), tracking.clicks());
    }
    List<Plan.Variant> variants = templates(store);
    new ContentCheck(findings, ref, templates).check(spec);
    new ExperimentCheck(findings, ref, spec, store).check(tracking);
    new TriggerCheck(resources, findings, ref, store).attachments(spec, templates.keySet());
    if (transactional) {
      new TransactionalCheck(findings, ref, spec).check(templates);
    }
    Recommendations recommendations = recommendations(store);
    if (transport == null || findings.hasErrors()) {
      return null;
    }
    Map<String, String> reached = new TreeMap<>();
    segments.forEach(name -> reached.put(name, store.cel(name)));
    Map<String, CompiledTemplate> compiled = new TreeMap<>();
    templates.forEach((name, result) -> compiled.put(name, result.template()));
    return new PlanBuilder()
        .namespace(resources.namespace())
        .campaign(ref.name())
        .store(PlanCompiler.planned(store))
        .transport(TransportCheck.planned(spec.transportRef().name(), transport, spec.from()))
        .from(spec.from())
        .replyTo(spec.replyTo())
        .headers(spec.headers())
        .attachments(spec.attachments())
        .topic(transactional ? null : topic.name())
        .optIn(transactional ? OptIn.Implied : topic.optIn())
        .audience(spec.audience())
        .segments(reached)
        .contentRules(spec.content().rules())
        .template(spec.content().templateRef().name())
        .variants(variants)
        .holdoutPercent(
            spec.experiment() == null || spec.experiment().holdoutPercent() == null
                ? 0
                : spec.experiment().holdoutPercent())
        .templates(compiled)
        .onUncertain(spec.delivery().onUncertain())
        .parallelism(spec.parallelism())
        .maxRecipients(spec.limits() == null ? null : spec.limits().maxRecipients())
        .delivery(delivery(transport))
        .tracking(tracking)
        .trigger(trigger)
        .recommendations(recommendations)
        .testPercent(spec.experiment() == null ? null : spec.experiment().testPercent())
        .decision(spec.experiment() == null ? null : spec.experiment().decision())
        .goal(spec.goal())
        .build();
  }

  /** Null when nothing triggers the campaign. */
  private Plan.Trigger trigger(StoreContext store) {
    if (spec.schedule() == null || spec.schedule().trigger() == null) {
      return null;
    }
    TriggerCheck check = new TriggerCheck(resources, findings, ref, store);
    Plan.Trigger trigger = check.plan(spec);
    if (trigger.segment() != null) {
      segment("spec.schedule.trigger.enters.segment", trigger.segment(), store);
    }
    check.when(spec.schedule().trigger()).ifPresent(result -> carry(result, store));
    return trigger;
  }

  private MailTransportSpec transport() {
    MailTransport transport =
        findings.resolve(
            ref,
            "spec.transportRef.name",
            "MailTransport",
            spec.transportRef().name(),
            resources.mailTransports());
    if (transport == null || transport.getSpec() == null) {
      return null;
    }
    MailTransportSpec transportSpec = transport.getSpec();
    ResourceRef transportRef = new ResourceRef("MailTransport", spec.transportRef().name());
    TransportCheck check = new TransportCheck(compiler, resources, findings);
    check.check(transportRef, transportSpec);
    check.use(
        transportRef,
        transportSpec,
        new TransportCheck.Sender(ref, "spec", spec.from(), spec.storeRef().name()));
    if (transportSpec.links() == null && !transactional) {
      findings.warning(
          transportRef,
          "spec.links",
          "without a public base URL mails carry no one-click unsubscribe (RFC 8058)",
          "set baseUrl and keySecretRef; large mailbox providers refuse bulk mail without it");
    }
    return transportSpec;
  }

  private Plan.Delivery delivery(MailTransportSpec transport) {
    Delivery delivery = spec.delivery();
    boolean byHours = delivery.localTime() != null || delivery.quietHours() != null;
    return new Plan.Delivery(
        delivery.localTime(),
        delivery.quietHours(),
        delivery.frequencyCap(),
        delivery.ratePerSecond(),
        transport.rate() == null ? null : transport.rate().perDomain(),
        delivery.priority() == DEFAULT_PRIORITY ? null : delivery.priority(),
        byHours && spec.schedule() != null ? spec.schedule().timeZone() : null);
  }

  /** What the ledger has forgotten cannot be counted. */
  private void frequencyCap(StoreContext store) {
    FrequencyCap cap = spec.delivery().frequencyCap();
    Retention retention = store.store().getSpec().retention();
    if (cap == null || retention == null || retention.deliveries() == null) {
      return;
    }
    Duration kept = DurationText.parse(retention.deliveries());
    if (DurationText.parse(cap.per()).compareTo(kept) > 0) {
      findings.error(
          ref,
          "spec.delivery.frequencyCap.per",
          "ProfileStore/"
              + store.name()
              + " keeps deliveries for "
              + retention.deliveries()
              + " only",
          "shorten it, or lengthen spec.retention.deliveries there");
    }
  }

  private Topic topic(StoreContext store) {
    return store
        .topic(spec.topic())
        .orElseGet(
            () -> {
              List<String> known =
                  store.store().getSpec().topics().stream().map(Topic::name).toList();
              findings.error(
                  ref,
                  "spec.topic",
                  "ProfileStore/" + store.name() + " has no topic \"" + spec.topic() + "\"",
                  known.isEmpty()
                      ? "declare it in spec.topics there"
                      : DidYouMean.fix(spec.topic(), known));
              return null;
            });
  }

  private void audience(StoreContext store) {
    boolean triggered = spec.schedule() != null && spec.schedule().trigger() != null;
    if (spec.audience().include().isEmpty() && !triggered) {
      findings.error(
          ref, "spec.audience.include", "must name at least one segment", "name a Segment");
    }
    references("spec.audience.include", spec.audience().include(), store);
    references("spec.audience.exclude", spec.audience().exclude(), store);
  }

  private void references(String field, List<String> names, StoreContext store) {
    for (int i = 0; i < names.size(); i++) {
      segment(field + "[" + i + "]", names.get(i), store);
    }
  }

  private void segment(String field, String name, StoreContext store) {
    var segment = findings.resolve(ref, field, "Segment", name, resources.segments());
    if (segment == null || segment.getSpec() == null) {
      return;
    }
    String segmentStore = segment.getSpec().storeRef().name();
    if (!segmentStore.equals(store.name())) {
      findings.error(
          ref,
          field,
          "Segment/" + name + " is about the profiles of ProfileStore/" + segmentStore,
          "use a segment of ProfileStore/" + store.name());
    } else if (store.hasSegment(name)) {
      carry(store.compileSegment(name, findings), store);
      segments.add(name);
    }
  }

  /** Segments that a rule reaches have to be in the plan too. */
  private void carry(RuleResult result, StoreContext store) {
    store.note(result, findings);
    result.segments().stream()
        .filter(store::hasSegment)
        .forEach(
            name -> {
              store.compileSegment(name, findings);
              segments.add(name);
            });
  }

  private void contentRules(StoreContext store) {
    ContentCheck.rules(spec).forEach((path, rules) -> contentRules(path, rules, store));
  }

  private void contentRules(String path, List<ContentRule> rules, StoreContext store) {
    for (int i = 0; i < rules.size(); i++) {
      ContentRule rule = rules.get(i);
      String field = path + "[" + i + "]";
      if (rule.when() != null) {
        RuleResult result = store.compile(rule.when());
        result.problems().forEach(p -> findings.add(ref, field + ".when", p));
        carry(result, store);
      } else if (rule.segment() != null) {
        segment(field + ".segment", rule.segment(), store);
      }
    }
  }

  /** Null when the mails show none, or nothing fills them. */
  private Recommendations recommendations(StoreContext store) {
    CampaignRecommendations wanted = spec.content().recommendations();
    Optional<String> shows =
        templates.entrySet().stream()
            .filter(template -> template.getValue().recommends())
            .map(Map.Entry::getKey)
            .findFirst();
    String field = "spec.content.recommendations";
    if (wanted == null) {
      if (shows.isPresent() && !transactional) {
        findings.warning(
            ref,
            field,
            "EmailTemplate/" + shows.get() + " shows recommendations, and nothing makes any",
            "name a Model with recommend in modelRef");
      }
      return null;
    }
    if (shows.isEmpty()) {
      findings.warning(
          ref, field, "no template of this campaign shows recommendations", "remove it");
    }
    String name = wanted.modelRef().name();
    Model model =
        findings.resolve(ref, field + ".modelRef.name", "Model", name, resources.models());
    if (model == null || model.getSpec() == null) {
      return null;
    }
    Recommending recommend = model.getSpec().recommend();
    if (recommend == null || !model.getSpec().storeRef().name().equals(store.name())) {
      findings.error(
          ref,
          field + ".modelRef.name",
          "Model/"
              + name
              + (recommend == null
                  ? " recommends nothing"
                  : " is about the people of another ProfileStore"),
          "name a Model with recommend of ProfileStore/" + store.name());
      return null;
    }
    findings.addAll(compiler.model(name).diagnostics());
    String source = recommend.catalogue().sourceRef().name();
    findings.refersTo(new ResourceRef("ProfileSource", source));
    return new Recommendations(
        resources.namespace() + "/" + name,
        source,
        new Recommendations.Bought(
            recommend.event(),
            recommend.item(),
            recommend.exclude() == RecommendExclude.Bought ? recommend.within() : null),
        wanted.atMost() == null ? recommend.top() : wanted.atMost(),
        recommend.maxPerCategory(),
        recommend.listed());
  }

  private List<Plan.Variant> templates(StoreContext store) {
    String base = spec.content().templateRef().name();
    template("spec.content.templateRef.name", base, store);
    List<Plan.Variant> variants = new ArrayList<>();
    if (spec.experiment() == null) {
      return variants;
    }
    Set<String> names = new HashSet<>();
    List<Variant> declared = spec.experiment().variants();
    for (int i = 0; i < declared.size(); i++) {
      Variant variant = declared.get(i);
      String field = "spec.experiment.variants[" + i + "]";
      if (!names.add(variant.name())) {
        findings.error(
            ref, field + ".name", "\"" + variant.name() + "\" occurs twice", "rename one");
      }
      String template = base;
      if (variant.templateRef() != null) {
        template = variant.templateRef().name();
        template(field + ".templateRef.name", template, store);
      }
      if (variant.subject() != null) {
        new ExperimentCheck(findings, ref, spec, store)
            .withSubject(field + ".subject", template, variant, compiler.templateSpecs(), recording)
            .ifPresent(result -> templates.put(ExperimentCheck.templateOf(spec, variant), result));
      }
      variants.add(
          new Plan.Variant(
              variant.name(),
              variant.weight(),
              ExperimentCheck.templateOf(spec, variant),
              variant.rules(),
              variant.localTime()));
    }
    return variants;
  }

  private void template(String field, String name, StoreContext store) {
    if (templates.containsKey(name)) {
      return;
    }
    if (findings.resolve(ref, field, "EmailTemplate", name, compiler.templateSpecs()) != null) {
      TemplateResult result = compiler.template(name, store, findings, recording);
      if (!result.succeeded() && result.problems().stream().noneMatch(p -> p.problem().isError())) {
        findings.error(
            ref,
            field,
            "EmailTemplate/" + name + " is a part of other templates and no whole mail",
            "name a template that includes it");
      }
      if (result.asksToConfirm()) {
        findings.error(
            ref,
            field,
            "EmailTemplate/" + name + " shows {{links.confirm}}, which no campaign has",
            "use it in spec.signUp.confirmation of a Collector, or remove the link");
      }
      templates.put(name, result);
    }
  }
}
