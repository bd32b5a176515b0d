package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.collector.BufferType;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.collector.CollectorMain.Part;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.intake.IntakeFeature;
import dev.lettershop.collector.intake.IntakeSource;
import dev.lettershop.collector.mapping.MappingFeature;
import dev.lettershop.collector.mapping.MappingSource;
import dev.lettershop.collector.pages.LinkVerifier;
import dev.lettershop.collector.pages.PagesFeature;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.track.TrackFeature;
import dev.lettershop.collector.webhook.WebhookFeature;
import dev.lettershop.collector.webhook.WebhookSettings;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreOpening;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes the features that a plan asks for, with what each needs from outside. */
final class PlannedFeatures {
  private static final Duration THIRTY_DAYS = Duration.ofDays(30);

  private final CollectorPlan plan;
  private final Secrets secrets;
  private final Path spoolFolder;
  private final MeterRegistry meters;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param spoolFolder where what cannot be stored waits; not used by the mapping
   */
  PlannedFeatures(
      CollectorPlan plan,
      Secrets secrets,
      Path spoolFolder,
      MeterRegistry meters,
      Clock clock,
      RandomGenerator random) {
    this.plan = plan;
    this.secrets = secrets;
    this.spoolFolder = spoolFolder;
    this.meters = meters;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What a part of the work consists of.
   *
   * @param only null for all of it
   * @return with the stores at the beginning, since features are closed backwards
   */
  List<Feature> of(Part only) {
    List<Feature> features = new ArrayList<>();
    if (only != Part.Mapping) {
      OpenStore store =
          new OpenStore(
              StoreOpening.forCollector(plan.store(), plan.credentialsSecretRef(), secrets));
      features.add(store);
      SpoolFeature spool = new SpoolFeature(spool(store.store()));
      features.add(spool);
      features.add(intake(store.store()));
      PagesFeature pages =
          new PagesFeature(
              plan, new LinkVerifier(this::links), store.store(), spool.spool(), clock);
      features.add(pages);
      features.add(track(store.store(), spool.spool(), pages));
      if (!plan.webhooks().isEmpty()) {
        features.add(webhooks(store.store(), spool.spool()));
      }
    }
    boolean maps = plan.buffer().type() == BufferType.PostgreSql;
    if (only != Part.Web && (maps || !plan.forms().isEmpty())) {
      OpenStore store = new OpenStore(StoreOpening.later(plan.store(), secrets));
      features.add(store);
      if (maps) {
        features.add(mapping(store.store()));
      }
      if (!plan.forms().isEmpty()) {
        features.add(PlannedSignUps.of(plan, secrets, store.store(), clock, random));
      }
    }
    return features;
  }

  /** Closes a store when the features that use it have ended. */
  private record OpenStore(StoreOpening opening) implements Feature {
    Store store() {
      return opening.store();
    }

    @Override
    public void register(Routes routes) {}

    @Override
    public void close() {
      opening.close();
    }
  }

  private Spool spool(Store store) {
    return new Spool(spoolFolder, plan.spoolBytes(), store.vault(), Spool.Timing.DEFAULT, meters);
  }

  /** Starts when every feature has said how its records are applied; ends after them. */
  private record SpoolFeature(Spool spool) implements Feature {
    @Override
    public void register(Routes routes) {
      spool.start();
    }

    @Override
    public void close() {
      spool.close();
    }
  }

  private Feature intake(Store store) {
    List<IntakeSource> sources =
        plan.sources().stream()
            .map(
                source ->
                    new IntakeSource(
                        source.name(),
                        source.trust() == CollectorTrust.Browser,
                        new CachedSecret(secrets, source.writeKeySecretRef()),
                        new HashSet<>(source.origins())))
            .toList();
    Integer perSource = plan.limits().requestsPerSecondPerSource();
    return new IntakeFeature(
        sources,
        new IntakeFeature.Limits(
            plan.limits().batchKiB() * 1024,
            plan.limits().requestsPerSecondPerNetwork(),
            perSource == null ? 0 : perSource),
        store.intake(),
        meters,
        clock,
        random);
  }

  private Feature mapping(Store store) {
    List<MappingSource> sources =
        plan.sources().stream()
            .map(
                source ->
                    new MappingSource(
                        source.name(),
                        source.trust() == CollectorTrust.Server,
                        new CachedSecret(secrets, source.userKeySecretRef()),
                        new HashSet<>(source.events()),
                        source.identity().key(),
                        source.identity().alsoMatch(),
                        source.identity().precedence(),
                        source.mapping(),
                        source.traits(),
                        source.normalise()))
            .toList();
    Set<String> topics = plan.topics().stream().map(Topic::name).collect(Collectors.toSet());
    Duration retention =
        plan.store().retention() == null || plan.store().retention().events() == null
            ? null
            : DurationText.read(plan.store().retention().events()).orElse(null);
    return new MappingFeature(
        store, plan.store().schema(), topics, sources, retention, meters, clock);
  }

  private Feature track(Store store, Spool spool, PagesFeature pages) {
    return new TrackFeature(
        this::links,
        store.hits(),
        spool,
        new TrackFeature.Pages(pages::unknownLink, pages::later),
        plan.limits().requestsPerSecondPerNetwork(),
        meters,
        clock,
        () -> new UUID(random.nextLong(), random.nextLong()));
  }

  private Feature webhooks(Store store, Spool spool) {
    List<WebhookSettings> webhooks =
        plan.webhooks().stream()
            .map(
                webhook ->
                    new WebhookSettings(
                        webhook.name(),
                        webhook.provider(),
                        new CachedSecret(secrets, webhook.keySecretRef()),
                        new HashSet<>(webhook.topicArns()),
                        webhook.transport(),
                        new SoftLimit(
                            webhook.softLimit().bounces(),
                            DurationText.read(webhook.softLimit().within()).orElse(THIRTY_DAYS)),
                        this::links))
            .toList();
    return new WebhookFeature(webhooks, store.bounces(), spool, meters, clock);
  }

  /** Read again each time, since keys are rotated; a link whose key is missing is not known. */
  private List<RecipientLinks> links() {
    List<RecipientLinks> links = new ArrayList<>();
    for (CollectorPlan.Links each : plan.links()) {
      secrets
          .text(each.keySecretRef().name(), each.keySecretRef().key())
          .ifPresent(key -> links.add(new RecipientLinks(each.baseUrl(), LinkKeys.parse(key))));
    }
    return links;
  }
}
