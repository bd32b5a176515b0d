package dev.lettershop.cli.trigger;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.LocalServers;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.StoreOpening;
import dev.lettershop.worker.execute.TriggerPlan;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The triggered campaign that a command is about, with its store. */
final class TriggerTarget {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(index = "0", paramLabel = "campaign/NAME", description = "The campaign.")
  private String target;

  /** A campaign whose store is open. */
  record Opened(
      String namespace,
      String campaign,
      TriggerPlan plan,
      StoreOpening opening,
      LocalServers.Running servers)
      implements AutoCloseable {
    Store store() {
      return opening.store();
    }

    @Override
    public void close() {
      opening.close();
      if (servers != null) {
        servers.close();
      }
    }
  }

  /** Empty after saying what is wrong with the manifests. */
  Optional<Opened> open() {
    String campaign = Target.campaign(target);
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<PlanDocument> compiled = new PlanCompiler(loaded.resources()).campaign(campaign);
    CommandLine commandLine = spec.commandLine();
    if (!new Compilation(commandLine, loaded).report(compiled.diagnostics(), Diagnostic::isError)) {
      return Optional.empty();
    }
    LocalServers.Running servers = embedded.start(manifests, commandLine).orElse(null);
    try {
      ResourceSet resources = servers == null ? loaded.resources() : servers.inPlace(loaded);
      return Optional.of(opened(campaign, resources, servers));
    } catch (RuntimeException e) {
      if (servers != null) {
        servers.close();
      }
      throw e;
    }
  }

  private static Opened opened(
      String campaign, ResourceSet resources, LocalServers.Running servers) {
    PlanDocument compiled = new PlanCompiler(resources).campaign(campaign).value();
    Plan plan = compiled.plan();
    TriggerPlan triggered = new TriggerPlan(compiled);
    StoreOpening opening = StoreOpening.of(plan.store(), new ManifestSecrets(resources.secrets()));
    try {
      opening.store().migrate(plan.store().schema());
      return new Opened(plan.namespace(), campaign, triggered, opening, servers);
    } catch (RuntimeException e) {
      opening.close();
      throw e;
    }
  }
}
