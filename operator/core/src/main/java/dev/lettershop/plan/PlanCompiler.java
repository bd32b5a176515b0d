package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.Campaign;
import dev.lettershop.api.v1alpha1.EmailTemplate;
import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.Provides;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the resources of one namespace into plans, or into diagnostics: a pure function of its
 * input. One instance compiles each store, segment and template at most once, however many
 * campaigns use it. Not thread-safe.
 */
public final class PlanCompiler {
  private static final List<Provides> SYNC_ORDER =
      List.of(Provides.Profiles, Provides.Consents, Provides.Events);

  private final ResourceSet resources;
  private final Map<String, EmailTemplateSpec> templateSpecs = new TreeMap<>();
  private final Map<String, StoreContext> stores = new HashMap<>();
  private final Map<String, Findings> storeFindings = new HashMap<>();
  private final Map<String, TemplateResult> templates = new HashMap<>();

  public PlanCompiler(ResourceSet resources) {
    this.resources = resources;
    resources
        .emailTemplates()
        .forEach(
            (name, template) -> {
              if (template.getSpec() != null) {
                templateSpecs.put(name, template.getSpec());
              }
            });
  }

  /** Compiles one campaign with all it refers to. */
  public PlanResult campaign(String name) {
    Findings findings = new Findings(resources);
    var campaign = resources.campaigns().get(name);
    ResourceRef ref = new ResourceRef("Campaign", name);
    if (campaign == null || campaign.getSpec() == null) {
      findings.error(
          ref,
          "",
          resources.isMalformed(ref) ? "is not valid" : "there is no such campaign",
          resources.isMalformed(ref)
              ? "mend what is reported there"
              : DidYouMean.fix(name, resources.campaigns().keySet()));
      return new PlanResult(null, findings.list());
    }
    Plan plan = new CampaignCompiler(this, resources, findings, ref, campaign.getSpec()).compile();
    boolean sound = plan != null && !findings.hasErrors();
    return new PlanResult(sound ? PlanDocument.of(plan) : null, findings.list());
  }

  /** Compiles one profile source. */
  public SourceResult source(String name) {
    Findings findings = new Findings(resources);
    ProfileSource source = resources.profileSources().get(name);
    ResourceRef ref = new ResourceRef("ProfileSource", name);
    if (source == null || source.getSpec() == null) {
      findings.error(
          ref,
          "",
          "there is no such profile source",
          DidYouMean.fix(name, resources.profileSources().keySet()));
      return new SourceResult(null, findings.list());
    }
    SourcePlan plan =
        new SourceCompiler(this, resources, findings, ref, source.getSpec()).compile();
    return new SourceResult(findings.hasErrors() ? null : plan, findings.list());
  }

  /** Compiles a campaign together with the sources that fill its store. */
  public RunPlans run(String name) {
    PlanResult campaign = campaign(name);
    Findings findings = new Findings(resources);
    findings.addAll(campaign.diagnostics());
    List<SourcePlan> sources = new ArrayList<>();
    Campaign found = resources.campaigns().get(name);
    if (found != null && found.getSpec() != null) {
      for (String source : sourcesOf(found.getSpec().storeRef().name())) {
        SourceResult result = source(source);
        findings.addAll(result.diagnostics());
        if (result.plan() != null) {
          sources.add(result.plan());
        }
      }
    }
    return new RunPlans(campaign.document(), sources, findings.list());
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
    Findings findings = new Findings(resources);
    for (String name : resources.campaigns().keySet()) {
      findings.addAll(campaign(name).diagnostics());
    }
    for (String name : resources.profileSources().keySet()) {
      findings.addAll(source(name).diagnostics());
    }
    for (var entry : resources.segments().entrySet()) {
      if (entry.getValue().getSpec() != null) {
        ResourceRef ref = new ResourceRef("Segment", entry.getKey());
        StoreContext store =
            store(
                ref, "spec.storeRef.name", entry.getValue().getSpec().storeRef().name(), findings);
        if (store != null && store.segments().containsKey(entry.getKey())) {
          store.compileSegment(entry.getKey(), findings);
        }
      }
    }
    for (var entry : resources.emailTemplates().entrySet()) {
      if (entry.getValue().getSpec() != null) {
        lintTemplate(entry.getKey(), entry.getValue(), findings);
      }
    }
    for (var entry : resources.mailTransports().entrySet()) {
      if (entry.getValue().getSpec() != null) {
        new NotYetApplied(findings)
            .transport(
                new ResourceRef("MailTransport", entry.getKey()), entry.getValue().getSpec());
      }
    }
    for (var entry : resources.campaignRuns().entrySet()) {
      if (entry.getValue().getSpec() != null) {
        findings.resolve(
            new ResourceRef("CampaignRun", entry.getKey()),
            "spec.campaignRef.name",
            "Campaign",
            entry.getValue().getSpec().campaignRef().name(),
            resources.campaigns());
      }
    }
    return findings.list();
  }

  private void lintTemplate(String name, EmailTemplate template, Findings findings) {
    ResourceRef ref = new ResourceRef("EmailTemplate", name);
    StoreContext store =
        store(ref, "spec.storeRef.name", template.getSpec().storeRef().name(), findings);
    if (store != null) {
      template(name, store, findings);
    }
  }

  /** The store of that name, checked; null after reporting on {@code from} that there is none. */
  StoreContext store(ResourceRef from, String field, String name, Findings findings) {
    ProfileStore store =
        findings.resolve(from, field, "ProfileStore", name, resources.profileStores());
    if (store == null || store.getSpec() == null) {
      return null;
    }
    StoreContext context =
        stores.computeIfAbsent(
            name,
            key -> {
              Findings own = new Findings(resources);
              storeFindings.put(key, own);
              return StoreContext.of(store, resources, own);
            });
    findings.addAll(storeFindings.get(name).list());
    return context;
  }

  /** Compiles a template against a store; what is wrong is reported on the EmailTemplate. */
  TemplateResult template(String name, StoreContext store, Findings findings) {
    TemplateResult result =
        templates.computeIfAbsent(
            store.name() + "/" + name,
            key ->
                new TemplateCompiler()
                    .compile(name, templateSpecs.get(name), templateSpecs, store.schema()));
    ResourceRef ref = new ResourceRef("EmailTemplate", name);
    new ArrayList<>(result.problems()).forEach(p -> findings.add(ref, p.field(), p.problem()));
    return result;
  }

  Map<String, EmailTemplateSpec> templateSpecs() {
    return templateSpecs;
  }
}
