package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.schedule.NextRun;
import java.time.Instant;
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
    resources.models().keySet().forEach(name -> add(compiler.model(name).diagnostics()));
    resources.campaignRuns().forEach(this::run);
    schedules();
    return findings.list();
  }

  /** What the controller would not run, or never. */
  private void schedules() {
    resources
        .campaigns()
        .forEach(
            (name, campaign) ->
                schedule(
                    new ResourceRef("Campaign", name),
                    campaign.getSpec() == null
                        ? List.of()
                        : NextRun.problems(campaign.getSpec().schedule(), "spec.schedule")));
    resources
        .profileSources()
        .forEach(
            (name, source) ->
                schedule(
                    new ResourceRef("ProfileSource", name),
                    source.getSpec() == null
                        ? List.of()
                        : NextRun.problems(source.getSpec().schedule(), "spec.schedule")));
    resources
        .segments()
        .forEach(
            (name, segment) ->
                schedule(
                    new ResourceRef("Segment", name),
                    segment.getSpec() == null
                        ? List.of()
                        : NextRun.problems(segment.getSpec().refresh(), "spec.refresh")));
    resources
        .models()
        .forEach(
            (name, model) ->
                schedule(
                    new ResourceRef("Model", name),
                    model.getSpec() == null
                        ? List.of()
                        : NextRun.problems(model.getSpec().refresh(), "spec.refresh")));
    resources
        .mailTransports()
        .forEach(
            (name, transport) ->
                schedule(
                    new ResourceRef("MailTransport", name),
                    transport.getSpec() == null || transport.getSpec().bounces() == null
                        ? List.of()
                        : NextRun.problems(
                            transport.getSpec().bounces().schedule(), "spec.bounces.schedule")));
  }

  private void schedule(ResourceRef resource, List<FieldProblem> problems) {
    problems.forEach(found -> findings.add(resource, found.field(), found.problem()));
  }

  /** Campaigns whose only moment is over. */
  List<Diagnostic> past(Instant now) {
    resources
        .campaigns()
        .forEach(
            (name, campaign) -> {
              CampaignSpec spec = campaign.getSpec();
              boolean once =
                  spec != null
                      && spec.schedule() != null
                      && spec.schedule().at() != null
                      && !spec.suspend()
                      && NextRun.problems(spec.schedule(), "spec.schedule").isEmpty();
              if (once && NextRun.of(spec, now).isEmpty()) {
                findings.warning(
                    new ResourceRef("Campaign", name),
                    "spec.schedule.at",
                    spec.schedule().at() + " is over: the campaign does not run any more",
                    "write a later moment, or remove the campaign");
              }
            });
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
    if (store != null && store.hasSegment(name)) {
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
