package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.MailTransport;
import dev.lettershop.api.v1alpha1.MailTransportSpec;
import dev.lettershop.api.v1alpha1.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.PostgresqlTls;
import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.ProfileStoreSpec;
import dev.lettershop.api.v1alpha1.SmtpServer;
import dev.lettershop.api.v1alpha1.SmtpTls;
import dev.lettershop.api.v1alpha1.TlsMode;
import dev.lettershop.cli.DiagnosticPrinter;
import dev.lettershop.cli.ManifestFiles;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.PlanCompiler;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.CampaignExecution;
import dev.lettershop.worker.ManifestInputs;
import dev.lettershop.worker.ManifestSecrets;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.RunOptions;
import dev.lettershop.worker.RunReport;
import dev.lettershop.worker.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/**
 * Compiles and runs with the worker's own classes. The only difference to {@code lettershop run} is
 * where the store and the transports are: their resources are replaced before anything is compiled.
 */
final class WorkerCampaignRunner implements CampaignRunner {
  private final CommandLine commandLine;
  private final Clock clock;
  private final RunListener listener;

  /**
   * @param commandLine where findings are printed
   */
  WorkerCampaignRunner(CommandLine commandLine, Clock clock, RunListener listener) {
    this.commandLine = commandLine;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public Outcome run(Order order) {
    ManifestFiles.Loaded loaded = new ManifestFiles(false).load(List.of(order.resources()));
    ResourceSet resources = redirected(loaded.resources(), order.endpoints());
    RunPlans plans = new PlanCompiler(resources).run(order.campaign());
    Set<Diagnostic> findings = new LinkedHashSet<>(loaded.diagnostics());
    findings.addAll(plans.diagnostics());
    new DiagnosticPrinter(
            commandLine.getErr(), commandLine.getColorScheme().ansi(), loaded.resources())
        .print(List.copyOf(findings));
    if (findings.stream().anyMatch(Diagnostic::isError)) {
      return new Outcome(ExitCode.CONFIGURATION, null, null, List.of());
    }
    RunReport report =
        new CampaignExecution(
                plans.campaign(),
                plans.sources(),
                secrets(resources, order.endpoints()),
                new ManifestInputs(resources, null),
                clock,
                listener)
            .run(new RunOptions(order.runName(), false, Set.of(), true));
    return new Outcome(
        report.exitCode(),
        report.status(),
        plans.campaign().plan(),
        report.sources().stream().map(RunReport.SyncReport::result).toList());
  }

  private static ResourceSet redirected(ResourceSet original, Endpoints endpoints) {
    ResourceSet.Builder builder = ResourceSet.builder().putAll(original);
    for (ProfileStore store : original.profileStores().values()) {
      ProfileStore moved = new ProfileStore();
      moved.setMetadata(store.getMetadata());
      moved.setSpec(redirected(store.getSpec(), endpoints));
      builder.put(moved);
    }
    for (MailTransport transport : original.mailTransports().values()) {
      MailTransport moved = new MailTransport();
      moved.setMetadata(transport.getMetadata());
      moved.setSpec(redirected(transport.getSpec(), endpoints));
      builder.put(moved);
    }
    return builder.build();
  }

  private static ProfileStoreSpec redirected(ProfileStoreSpec spec, Endpoints endpoints) {
    return new ProfileStoreSpec(
        new PostgresqlConnection(
            endpoints.databaseHost(),
            endpoints.databasePort(),
            endpoints.database(),
            spec.postgresql().credentialsSecretRef(),
            new PostgresqlTls(TlsMode.Disable, null)),
        spec.attributes(),
        spec.events(),
        spec.topics(),
        spec.encryption(),
        spec.retention());
  }

  private static MailTransportSpec redirected(MailTransportSpec spec, Endpoints endpoints) {
    return new MailTransportSpec(
        new SmtpServer(
            endpoints.smtpHost(),
            endpoints.smtpPort(),
            SmtpTls.None,
            null,
            null,
            spec.smtp().connections()),
        spec.from(),
        spec.dkim(),
        spec.bounces(),
        spec.rate(),
        spec.links());
  }

  /** The manifests' Secrets, with the login of the embedded database in those that stores name. */
  private static Secrets secrets(ResourceSet resources, Endpoints endpoints) {
    Secrets manifests = new ManifestSecrets(resources.secrets());
    Map<String, String> login =
        Map.of("username", endpoints.username(), "password", endpoints.password());
    Set<String> ofStores = new LinkedHashSet<>();
    resources
        .profileStores()
        .values()
        .forEach(store -> ofStores.add(store.getSpec().postgresql().credentialsSecretRef().name()));
    return (name, key) ->
        ofStores.contains(name) && login.containsKey(key)
            ? Optional.of(login.get(key).getBytes(StandardCharsets.UTF_8))
            : manifests.get(name, key);
  }
}
