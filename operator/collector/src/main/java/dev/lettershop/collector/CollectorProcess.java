package dev.lettershop.collector;

import dev.lettershop.collector.CollectorMain.Part;
import dev.lettershop.collector.http.ClientAddresses;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.worker.mount.MountedSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Puts the collector into Quarkus: its routes, its probes and its end. */
@ApplicationScoped
public class CollectorProcess {
  static final String PLAN = "lettershop.collector.plan";
  static final String SECRETS = "lettershop.collector.secrets";
  static final String SPOOL = "lettershop.collector.spool";
  static final String ONLY = "lettershop.collector.only";

  private final Path plan;
  private final Path secrets;
  private final Optional<Path> spool;
  private final Optional<Part> only;
  private Collector collector;

  CollectorProcess(
      @ConfigProperty(name = PLAN) Path plan,
      @ConfigProperty(name = SECRETS) Path secrets,
      @ConfigProperty(name = SPOOL) Optional<Path> spool,
      @ConfigProperty(name = ONLY) Optional<Part> only) {
    this.plan = plan;
    this.secrets = secrets;
    this.spool = spool;
    this.only = only;
  }

  void start(@Observes Router router, Vertx vertx, MeterRegistry meters) {
    CollectorPlan read = read();
    PlannedFeatures features =
        new PlannedFeatures(
            read,
            new MountedSecrets(secrets),
            spool.orElse(null),
            System.getenv(),
            meters,
            Clock.systemUTC(),
            new SecureRandom());
    collector = new Collector(features.of(only.orElse(null)));
    collector.register(router, vertx, new ClientAddresses(read.trustedProxies()));
  }

  private CollectorPlan read() {
    try {
      return new PlanFiles(Map.of(plan.getFileName().toString(), Files.readAllBytes(plan)))
          .collector();
    } catch (IOException e) {
      throw new IllegalStateException(
          "The plan " + plan + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  void stop(@Observes ShutdownEvent end) {
    if (collector != null) {
      collector.close();
    }
  }

  /** Whether requests should come here. */
  @Readiness
  @ApplicationScoped
  static class Ready implements HealthCheck {
    private final CollectorProcess process;

    Ready(CollectorProcess process) {
      this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
      String reason = process.notReady();
      return reason == null
          ? HealthCheckResponse.up("collector")
          : HealthCheckResponse.named("collector").down().withData("reason", reason).build();
    }
  }

  String notReady() {
    return collector == null ? "is starting" : collector.notReady();
  }
}
