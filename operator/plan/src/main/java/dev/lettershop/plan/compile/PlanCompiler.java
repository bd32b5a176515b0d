package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.ProfileStoreSpec;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.CheckResult;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.TemplatePlan;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the resources of one namespace into plans, or into diagnostics: a pure function of its
 * input. One instance compiles each store, segment and template at most once, however many
 * campaigns use it. Not thread-safe.
 */
public final class PlanCompiler {
  private static final List<Provides> SYNC_ORDER =
      List.of(
          Provides.Profiles,
          Provides.Consents,
          Provides.Suppressions,
          Provides.Events,
          Provides.Products);

  private final ResourceSet resources;
  private final Map<String, EmailTemplateSpec> templateSpecs = new TreeMap<>();
  private final Set<String> partials = new HashSet<>();
  private final Map<String, StoreContext> stores = new HashMap<>();
  private final Map<String, Findings> storeFindings = new HashMap<>();
  private final Map<TemplateOfStore, TemplateResult> templates = new HashMap<>();

  public PlanCompiler(ResourceSet resources) {
    this(resources, null);
  }

  /**
   * A compiler for resources of which most are as they were: what they come to is taken from an
   * earlier one. The result is the same as without it.
   *
   * @param earlier of the same namespace, or null
   */
  public PlanCompiler(ResourceSet resources, PlanCompiler earlier) {
    this.resources = resources;
    resources
        .emailTemplates()
        .forEach(
            (name, template) -> {
              if (template.getSpec() != null) {
                templateSpecs.put(name, template.getSpec());
                template.getSpec().partials().forEach(p -> partials.add(p.templateRef().name()));
              }
            });
    if (earlier != null) {
      takeOver(earlier);
    }
  }

  /** Everything that would come out the same. */
  private void takeOver(PlanCompiler earlier) {
    earlier.stores.forEach(
        (name, context) -> {
          if (context.holdsFor(resources)) {
            stores.put(name, context);
            storeFindings.put(name, earlier.storeFindings.get(name));
          }
        });
    earlier.templates.forEach(
        (key, result) -> {
          if (stores.containsKey(key.store())
              && earlier.partials.contains(key.name()) == partials.contains(key.name())
              && earlier.withPartials(key.name()).equals(withPartials(key.name()))) {
            templates.put(key, result);
          }
        });
  }

  private record TemplateOfStore(
      String store, String name, TemplateCompiler.Recording recording, boolean transactional) {}

  /** What it compiles. */
  public ResourceSet resources() {
    return resources;
  }

  /** Compiles one campaign with all it refers to. */
  public Compiled<PlanDocument> campaign(String name) {
    var campaign = resources.campaigns().get(name);
    if (campaign != null && campaign.getSpec() != null) {
      return campaign(campaign);
    }
    Findings findings = new Findings(resources);
    ResourceRef ref = new ResourceRef("Campaign", name);
    findings.error(
        ref,
        "",
        resources.isMalformed(ref) ? "is not valid" : "no such campaign",
        resources.isMalformed(ref)
            ? "fix the errors reported there"
            : DidYouMean.fix(name, resources.campaigns().keySet()));
    return new Compiled<>(null, findings.list(), findings.references());
  }

  /** Compiles a campaign, which may but need not be one of the resources. It must have a spec. */
  public Compiled<PlanDocument> campaign(Campaign campaign) {
    Findings findings = new Findings(resources);
    ResourceRef ref = new ResourceRef("Campaign", campaign.getMetadata().getName());
    Plan plan = new CampaignCompiler(this, resources, findings, ref, campaign.getSpec()).compile();
    boolean sound = plan != null && !findings.hasErrors();
    return new Compiled<>(
        sound ? PlanDocument.of(plan) : null, findings.list(), findings.references());
  }

  /** Compiles one profile source. */
  public Compiled<SourcePlan> source(String name) {
    Findings findings = new Findings(resources);
    ProfileSource source = resources.profileSources().get(name);
    ResourceRef ref = new ResourceRef("ProfileSource", name);
    if (source == null || source.getSpec() == null) {
      findings.error(
          ref,
          "",
          "no such profile source",
          DidYouMean.fix(name, resources.profileSources().keySet()));
      return new Compiled<>(null, findings.list(), findings.references());
    }
    SourcePlan plan =
        new SourceCompiler(this, resources, findings, ref, source.getSpec()).compile();
    return new Compiled<>(
        findings.hasErrors() ? null : plan, findings.list(), findings.references());
  }

  /** Compiles one segment with all that it reaches. */
  public Compiled<SegmentPlan> segment(String name) {
    Findings findings = new Findings(resources);
    ResourceRef ref = new ResourceRef("Segment", name);
    Segment segment = resources.segments().get(name);
    if (segment == null || segment.getSpec() == null) {
      findings.error(
          ref, "", "no such segment", DidYouMean.fix(name, resources.segments().keySet()));
      return new Compiled<>(null, findings.list(), findings.references());
    }
    StoreContext store =
        store(ref, "spec.storeRef.name", segment.getSpec().storeRef().name(), findings);
    Map<String, String> reached = new TreeMap<>();
    if (store != null && store.hasSegment(name)) {
      reached.put(name, store.cel(name));
      store.compileSegment(name, findings).segments().stream()
          .filter(store::hasSegment)
          .forEach(
              other -> {
                store.compileSegment(other, findings);
                reached.put(other, store.cel(other));
              });
    }
    SegmentPlan plan =
        store == null || findings.hasErrors()
            ? null
            : new SegmentPlan(resources.namespace(), name, planned(store), reached);
    return new Compiled<>(plan, findings.list(), findings.references());
  }

  /** Checks one template against its store. */
  public CheckResult template(String name) {
    Findings findings = new Findings(resources);
    EmailTemplate template = resources.emailTemplates().get(name);
    if (template != null && template.getSpec() != null) {
      ResourceRef ref = new ResourceRef("EmailTemplate", name);
      StoreContext store =
          store(ref, "spec.storeRef.name", template.getSpec().storeRef().name(), findings);
      if (store != null) {
        template(name, store, findings);
      }
    }
    return new CheckResult(findings.list(), findings.references());
  }

  /** Compiles one template by itself, to look at it. */
  public TemplatePlan templatePlan(String name) {
    Findings findings = new Findings(resources);
    EmailTemplate template = resources.emailTemplates().get(name);
    if (template == null || template.getSpec() == null) {
      return new TemplatePlan(name, null, null, findings.list());
    }
    ResourceRef ref = new ResourceRef("EmailTemplate", name);
    StoreContext store =
        store(ref, "spec.storeRef.name", template.getSpec().storeRef().name(), findings);
    CompiledTemplate compiled = store == null ? null : template(name, store, findings).template();
    return new TemplatePlan(name, compiled, store == null ? null : planned(store), findings.list());
  }

  /** Whether other templates include this one. */
  public boolean isPartial(String template) {
    return partials.contains(template);
  }

  /** Checks one transport. */
  public CheckResult transport(String name) {
    Findings findings = new Findings(resources);
    MailTransport transport = resources.mailTransports().get(name);
    if (transport != null && transport.getSpec() != null) {
      new TransportCheck(this, resources, findings)
          .check(new ResourceRef("MailTransport", name), transport.getSpec());
    }
    return new CheckResult(findings.list(), findings.references());
  }

  /** Compiles what is to be done with the bounces of one transport, if they are read. */
  public Compiled<BouncesPlan> bounces(String name) {
    Findings findings = new Findings(resources);
    MailTransport transport = resources.mailTransports().get(name);
    BouncesPlan plan =
        transport == null || transport.getSpec() == null
            ? null
            : new TransportCheck(this, resources, findings)
                .bouncesPlan(new ResourceRef("MailTransport", name), transport.getSpec());
    return new Compiled<>(
        findings.hasErrors() ? null : plan, findings.list(), findings.references());
  }

  /** Compiles one collector with all it refers to. */
  public Compiled<CollectorPlan> collector(String name) {
    Findings findings = new Findings(resources);
    Collector collector = resources.collectors().get(name);
    ResourceRef ref = new ResourceRef("Collector", name);
    if (collector == null || collector.getSpec() == null) {
      findings.error(
          ref, "", "no such collector", DidYouMean.fix(name, resources.collectors().keySet()));
      return new Compiled<>(null, findings.list(), findings.references());
    }
    CollectorPlan plan =
        new CollectorCompiler(this, resources, findings, ref, collector.getSpec()).compile();
    return new Compiled<>(
        findings.hasErrors() ? null : plan, findings.list(), findings.references());
  }

  /** Compiles one model with all that its rules reach. */
  public Compiled<ModelPlan> model(String name) {
    Findings findings = new Findings(resources);
    Model model = resources.models().get(name);
    ResourceRef ref = new ResourceRef("Model", name);
    if (model == null || model.getSpec() == null) {
      findings.error(ref, "", "no such model", DidYouMean.fix(name, resources.models().keySet()));
      return new Compiled<>(null, findings.list(), findings.references());
    }
    ModelPlan plan = new ModelCompiler(this, resources, findings, ref, model.getSpec()).compile();
    return new Compiled<>(plan, findings.list(), findings.references());
  }

  /** Checks one store by itself. */
  public CheckResult store(String name) {
    Findings findings = new Findings(resources);
    store(new ResourceRef("ProfileStore", name), "", name, findings);
    return new CheckResult(findings.list(), findings.references());
  }

  /** Compiles what is to be forgotten in one store. */
  public Compiled<RetentionPlan> retention(String name) {
    Findings findings = new Findings(resources);
    StoreContext store = store(new ResourceRef("ProfileStore", name), "", name, findings);
    return new Compiled<>(
        store == null || findings.hasErrors()
            ? null
            : new RetentionPlan(resources.namespace(), planned(store)),
        findings.list(),
        findings.references());
  }

  /** Compiles one store by itself. */
  public Compiled<Plan.Store> storePlan(String name) {
    Findings findings = new Findings(resources);
    ResourceRef ref = new ResourceRef("ProfileStore", name);
    if (!resources.profileStores().containsKey(name)) {
      findings.error(
          ref,
          "",
          "no such profile store",
          DidYouMean.fix(name, resources.profileStores().keySet()));
      return new Compiled<>(null, findings.list(), findings.references());
    }
    StoreContext store = store(ref, "", name, findings);
    return new Compiled<>(
        store == null || findings.hasErrors() ? null : planned(store),
        findings.list(),
        findings.references());
  }

  /**
   * Compiles the sources of a store that are read before each run because they have no schedule of
   * their own, in the order in which they are to be read.
   */
  public List<Compiled<SourcePlan>> sourcesReadBeforeRuns(String store) {
    return sourcesOf(store).stream()
        .filter(name -> resources.profileSources().get(name).getSpec().schedule() == null)
        .filter(name -> !resources.profileSources().get(name).getSpec().suspend())
        .map(this::source)
        .toList();
  }

  /** Compiles a campaign together with the sources that fill its store. */
  public RunPlans run(String name) {
    Compiled<PlanDocument> campaign = campaign(name);
    Findings findings = new Findings(resources);
    findings.addAll(campaign.diagnostics());
    List<SourcePlan> sources = new ArrayList<>();
    Campaign found = resources.campaigns().get(name);
    if (found != null && found.getSpec() != null) {
      for (String source : sourcesOf(found.getSpec().storeRef().name())) {
        Compiled<SourcePlan> result = source(source);
        findings.addAll(result.diagnostics());
        if (result.value() != null) {
          sources.add(result.value());
        }
      }
    }
    return new RunPlans(campaign.value(), sources, findings.list());
  }

  /** Profiles first: events and consents then find the people whom they are about. */
  private List<String> sourcesOf(String store) {
    return resources.profileSources().entrySet().stream()
        .filter(e -> e.getValue().getSpec() != null)
        .filter(e -> e.getValue().getSpec().storeRef().name().equals(store))
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, ProfileSource> e) ->
                        SYNC_ORDER.indexOf(e.getValue().getSpec().provides()))
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Everything that is wrong with any of the resources, also with those that nothing uses. */
  public List<Diagnostic> lint() {
    return new Lint(this, resources).all();
  }

  /** Campaigns whose only moment was before {@code now}: they never run again. */
  public List<Diagnostic> past(Instant now) {
    return new Lint(this, resources).past(now);
  }

  /** The store of that name, checked; null after reporting on {@code from} that there is none. */
  StoreContext store(ResourceRef from, String field, String name, Findings findings) {
    ProfileStore store =
        findings.resolve(from, field, "ProfileStore", name, resources.profileStores());
    if (store == null || store.getSpec() == null) {
      return null;
    }
    StoreContext context = stores.computeIfAbsent(name, key -> context(key, store));
    findings.addAll(storeFindings.get(name).list());
    return context;
  }

  private StoreContext context(String name, ProfileStore store) {
    Findings own = new Findings(resources);
    storeFindings.put(name, own);
    return StoreContext.of(store, resources, own);
  }

  /** What a plan says about its store. */
  static Plan.Store planned(StoreContext store) {
    ProfileStoreSpec spec = store.store().getSpec();
    return new Plan.Store(
            store.name(),
            spec.postgresql(),
            spec.attributes(),
            spec.events(),
            spec.retention(),
            spec.encryption(),
            spec.dropAttributes())
        .with(spec.engagement())
        .holdingBack(spec.controlGroupPercent());
  }

  /** Compiles a template against a store; what is wrong is reported on the EmailTemplate. */
  TemplateResult template(String name, StoreContext store, Findings findings) {
    return template(name, store, findings, TemplateCompiler.Recording.NOTHING);
  }

  /** The same for mails of which opens or clicks are recorded. */
  TemplateResult template(
      String name, StoreContext store, Findings findings, TemplateCompiler.Recording recording) {
    withPartials(name)
        .forEach(
            (part, spec) -> {
              ResourceRef ref = new ResourceRef("EmailTemplate", part);
              if (spec.isPresent()) {
                findings.refersTo(ref);
              } else {
                findings.misses(ref);
              }
            });
    boolean transactional = TransactionalCheck.templates(resources).contains(name);
    TemplateResult result =
        templates.computeIfAbsent(
            new TemplateOfStore(store.name(), name, recording, transactional),
            key ->
                new TemplateCompiler()
                    .compile(
                        name,
                        templateSpecs.get(name),
                        templateSpecs,
                        store.schema(),
                        recording,
                        transactional));
    ResourceRef ref = new ResourceRef("EmailTemplate", name);
    new ArrayList<>(result.problems()).forEach(p -> findings.add(ref, p.field(), p.problem()));
    return result;
  }

  /** A template and all that it includes, by name; empty for what does not exist. */
  private Map<String, Optional<EmailTemplateSpec>> withPartials(String name) {
    Map<String, Optional<EmailTemplateSpec>> found = new TreeMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(name));
    while (!next.isEmpty()) {
      String part = next.pop();
      if (!found.containsKey(part)) {
        Optional<EmailTemplateSpec> spec = Optional.ofNullable(templateSpecs.get(part));
        found.put(part, spec);
        spec.ifPresent(s -> s.partials().forEach(p -> next.push(p.templateRef().name())));
      }
    }
    return found;
  }

  Map<String, EmailTemplateSpec> templateSpecs() {
    return templateSpecs;
  }
}
