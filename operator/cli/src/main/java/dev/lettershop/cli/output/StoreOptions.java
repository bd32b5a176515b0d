package dev.lettershop.cli.output;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreOpening;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that people use on one store. */
public final class StoreOptions {
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Name of the ProfileStore. Default: ${DEFAULT-VALUE}.")
  private String name;

  /** A store that is open, with its tables up to date. */
  public record Opened(
      Plan.Store plan,
      Secrets secrets,
      StoreOpening opening,
      ResourceSet resources,
      LocalServers.Running servers)
      implements AutoCloseable {
    public Store store() {
      return opening.store();
    }

    /**
     * @throws UsageException when the store does not encrypt
     */
    public void requireEncryption() {
      if (plan.encryption() == null) {
        throw new UsageException(
            "ProfileStore/" + plan.name() + " has no spec.encryption: nothing in it is encrypted");
      }
    }

    @Override
    public void close() {
      opening.close();
      if (servers != null) {
        servers.close();
      }
    }
  }

  /** Opens the store; empty after saying what is wrong with the manifests. */
  public Optional<Opened> open(CommandLine commandLine) {
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<Plan.Store> written = new PlanCompiler(loaded.resources()).storePlan(name);
    if (!new Compilation(commandLine, loaded).report(written.diagnostics(), Diagnostic::isError)) {
      return Optional.empty();
    }
    LocalServers.Running servers = embedded.start(manifests, commandLine).orElse(null);
    try {
      return Optional.of(
          opened(servers == null ? loaded.resources() : servers.inPlace(loaded), servers));
    } catch (RuntimeException e) {
      if (servers != null) {
        servers.close();
      }
      throw e;
    }
  }

  private Opened opened(ResourceSet resources, LocalServers.Running servers) {
    Plan.Store plan = new PlanCompiler(resources).storePlan(name).value();
    Secrets secrets = new ManifestSecrets(resources.secrets());
    StoreOpening opening = StoreOpening.of(plan, secrets);
    try {
      opening.store().migrate(plan.schema());
      return new Opened(plan, secrets, opening, resources, servers);
    } catch (RuntimeException e) {
      opening.close();
      throw e;
    }
  }

  /** Who calls the command, for the audit log. */
  public static String actor() {
    return "user/" + System.getProperty("user.name", "unknown");
  }
}
