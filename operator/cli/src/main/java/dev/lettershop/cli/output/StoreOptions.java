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

  @Option(
      names = "--store",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Name of the ProfileStore. Default: ${DEFAULT-VALUE}.")
  private String name;

  /** A store that is open, with its tables up to date. */
  public record Opened(Plan.Store plan, Secrets secrets, StoreOpening opening)
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
    }
  }

  /** Opens the store; empty after saying what is wrong with the manifests. */
  public Optional<Opened> open(CommandLine commandLine) {
    ManifestFiles.Loaded loaded = manifests.load();
    ResourceSet resources = loaded.resources();
    Compiled<Plan.Store> result = new PlanCompiler(resources).storePlan(name);
    if (!new Compilation(commandLine, loaded).report(result.diagnostics(), Diagnostic::isError)) {
      return Optional.empty();
    }
    Secrets secrets = new ManifestSecrets(resources.secrets());
    StoreOpening opening = StoreOpening.of(result.value(), secrets);
    try {
      opening.store().migrate(result.value().schema());
      return Optional.of(new Opened(result.value(), secrets, opening));
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
