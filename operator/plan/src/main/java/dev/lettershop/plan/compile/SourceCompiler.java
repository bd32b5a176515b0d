package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.store.ProfileStoreSpec;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.resource.ResourceSet;

/** Compiles one profile source. */
final class SourceCompiler {
  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;
  private final ResourceRef ref;
  private final ProfileSourceSpec spec;

  SourceCompiler(
      PlanCompiler compiler,
      ResourceSet resources,
      Findings findings,
      ResourceRef ref,
      ProfileSourceSpec spec) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
    this.ref = ref;
    this.spec = spec;
  }

  SourcePlan compile() {
    SourceKindCheck.problems(spec).forEach(p -> findings.add(ref, p.field(), p.problem()));
    StoreContext store =
        compiler.store(ref, "spec.storeRef.name", spec.storeRef().name(), findings);
    if (store == null) {
      return null;
    }
    SourceFieldsCheck.problems(spec, store.schema())
        .forEach(p -> findings.add(ref, p.field(), p.problem()));
    ProfileStoreSpec storeSpec = store.store().getSpec();
    return new SourcePlan(
        resources.namespace(),
        ref.name(),
        PlanCompiler.planned(store),
        storeSpec.topics().stream().map(Topic::name).toList(),
        spec);
  }
}
