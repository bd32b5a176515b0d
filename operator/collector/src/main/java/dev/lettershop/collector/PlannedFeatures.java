package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.collector.BufferType;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.collector.CollectorMain.Part;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.collector.intake.IntakeFeature;
import dev.lettershop.collector.intake.IntakeSource;
import dev.lettershop.collector.intake.IntakeStorage;
import dev.lettershop.collector.intake.SignedSource;
import dev.lettershop.collector.intake.TriggerFeature;
import dev.lettershop.collector.mapping.KafkaIntake;
import dev.lettershop.collector.mapping.MappingFeature;
import dev.lettershop.collector.mapping.MappingSource;
import dev.lettershop.collector.pages.LinkVerifier;
import dev.lettershop.collector.pages.PagesFeature;
import dev.lettershop.collector.spool.ReachedMark;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.status.StatusFeature;
import dev.lettershop.collector.track.TrackFeature;
import dev.lettershop.collector.track.VerdictFeature;
import dev.lettershop.collector.webhook.WebhookFeature;
import dev.lettershop.collector.webhook.WebhookSettings;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.kafka.KafkaTopic;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreOpening;
import dev.lettershop.worker.status.ApiServer;
import dev.lettershop.worker.status.StatusPatch;
import dev.lettershop.worker.status.StatusReporter;
import dev.lettershop.worker.task.HitJudging;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes the features that a plan asks for, with what each needs from outside. */
final class PlannedFeatures {
  private static final Logger LOG = Logger.getLogger(PlannedFeatures.class);

  /** An object that many Pods write to. */
  private static final Duration STATUS_EVERY = Duration.ofMinutes(1);

  private static final Duration THIRTY_DAYS = Duration.ofDays(30);

  private final CollectorPlan plan;
  private final Secrets secrets;
  private final Path spoolFolder;
  private final Map<String, String> environment;
  private final MeterRegistry meters;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param spoolFolder where what cannot be stored waits; not used by the mapping
   * @param environment of the process, as a Pod has it
   */
  PlannedFeatures(
      CollectorPlan plan,
      Secrets secrets,
      Path spoolFolder,
      Map<String, String> environment,
      MeterRegistry meters,
      Clock clock,
      RandomGenerator random) {
    this.plan = plan;
    this.secrets = secrets;
    this.spoolFolder = spoolFolder;
    this.environment = environment;
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
      if (plan.buffer().type() == BufferType.Kafka) {
        OpenTopic topic = new OpenTopic(topic());
        features.add(topic);
        features.add(intake(new KafkaIntake(topic.topic(), mappingSources())));
        features.addAll(triggers(store.store(), new KafkaIntake(topic.topic(), mappingSources())));
      } else {
        features.add(intake(IntakeStorage.of(store.store().intake())));
        features.addAll(triggers(store.store(), IntakeStorage.of(store.store().intake())));
      }
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
    if (only != Part.Web) {
      OpenStore store = new OpenStore(StoreOpening.later(plan.store(), secrets));
      features.add(store);
      features.add(verdicts(store.store()));
      if (maps) {
        features.add(mapping(store.store()));
      }
      if (!plan.forms().isEmpty()) {
        features.add(PlannedSignUps.of(plan, secrets, store.store(), clock, random));
      }
    }
    status(only).ifPresent(features::add);
    return features;
  }

  /** Nothing outside of a cluster. */
  private Optional<Feature> status(Part only) {
    String pod = environment.get("LETTERSHOP_POD");
    return pod == null
        ? Optional.empty()
        : ApiServer.of(environment)
            .map(server -> new StatusPatch(server, plan.namespace(), "collectors", plan.name()))
            .map(
                patch ->
                    new StatusFeature(
                        new StatusReporter(patch, LOG::warn, STATUS_EVERY),
                        pod,
                        only != Part.Mapping,
                        only != Part.Web,
                        meters,
                        clock));
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

  private KafkaTopic topic() {
    try {
      return KafkaTopic.open(
          plan.buffer().kafka(),
          (field, secret, key) ->
              secrets.require(
                  "Collector/" + plan.name() + " " + field.replace("spec.", "spec.buffer."),
                  secret,
                  key));
    } catch (ConnectorException e) {
      throw new IllegalStateException("The Kafka topic cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Closes a topic when what writes to it has ended. */
  private record OpenTopic(KafkaTopic topic) implements Feature {
    @Override
    public void register(Routes routes) {}

    @Override
    public void close() {
      topic.close();
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

  private Feature intake(IntakeStorage storage) {
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
        storage,
        () -> new ReachedMark(spoolFolder).isSetOr(storage::isReachable),
        meters,
        clock,
        random);
  }

  /** Nothing when nobody signs. */
  private List<Feature> triggers(Store store, IntakeStorage storage) {
    List<SignedSource> sources =
        plan.sources().stream()
            .filter(source -> source.signingKeySecretRef() != null)
            .map(
                source ->
                    new SignedSource(
                        source.name(),
                        new CachedSecret(secrets, source.signingKeySecretRef()),
                        new HashSet<>(source.events())))
            .toList();
    return sources.isEmpty()
        ? List.of()
        : List.of(
            new TriggerFeature(
                plan.namespace(), sources, store.triggers(), storage, meters, clock));
  }

  private List<MappingSource> mappingSources() {
    return plan.sources().stream()
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
  }

  private Feature mapping(Store store) {
    Set<String> topics = plan.topics().stream().map(Topic::name).collect(Collectors.toSet());
    Duration retention =
        plan.store().retention() == null || plan.store().retention().events() == null
            ? null
            : DurationText.read(plan.store().retention().events()).orElse(null);
    return new MappingFeature(
        store, plan.store().schema(), topics, mappingSources(), retention, meters, clock);
  }

  private Feature track(Store store, Spool spool, PagesFeature pages) {
    return new TrackFeature(
        this::links,
        store.hits(),
        spool,
        spoolFolder.resolve("links"),
        new TrackFeature.Pages(pages::unknownLink, pages::later),
        plan.limits().requestsPerSecondPerNetwork(),
        meters,
        clock,
        () -> new UUID(random.nextLong(), random.nextLong()));
  }

  private Feature verdicts(Store store) {
    return new VerdictFeature(
        store,
        plan.store().schema(),
        HitJudging.of(store, plan.store().understanding(), clock),
        meters);
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
