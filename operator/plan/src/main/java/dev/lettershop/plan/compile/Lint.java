package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.CampaignRun;
import dev.lettershop.api.v1alpha1.Segment;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import java.util.List;

/** Goes through all resources, also through those that nothing uses. Not thread-safe. */
final class Lint {
  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;

  Lint(PlanCompiler compiler, ResourceSet resources) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = new Findings(resources);
  }

  /** Everything that is wrong. */
  List<Diagnostic> all() {
    resources.campaigns().keySet().forEach(name -> add(compiler.campaign(name).diagnostics()));
    resources.profileSources().keySet().forEach(name -> add(compiler.source(name).diagnostics()));
    resources.segments().forEach(this::segment);
    resources.emailTemplates().keySet().forEach(name -> add(compiler.template(name).diagnostics()));
    resources
        .mailTransports()
        .keySet()
        .forEach(name -> add(compiler.transport(name).diagnostics()));
    resources.collectors().keySet().forEach(name -> add(compiler.collector(name).diagnostics()));
    resources.campaignRuns().forEach(this::run);
    return findings.list();
  }

  private void add(List<Diagnostic> diagnostics) {
    findings.addAll(diagnostics);
  }

  private void segment(String name, Segment segment) {
    if (segment.getSpec() == null) {
      return;
    }
    StoreContext store =
        compiler.store(
            new ResourceRef("Segment", name),
            "spec.storeRef.name",
            segment.getSpec().storeRef().name(),
            findings);
    if (store != null && store.segments().containsKey(name)) {
      store.compileSegment(name, findings);
    }
  }

  private void run(String name, CampaignRun run) {
    if (run.getSpec() != null) {
      findings.resolve(
          new ResourceRef("CampaignRun", name),
          "spec.campaignRef.name",
          "Campaign",
          run.getSpec().campaignRef().name(),
          resources.campaigns());
    }
  }
}
