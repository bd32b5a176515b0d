package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of manifests, and what they come to. */
final class Case {
  private static final WorkloadSettings SETTINGS =
      WorkloadSettings.of("registry.example/lettershop-worker:1.2.3");

  private final ResourceSet resources;
  private final PlanCompiler compiler;
  private final SortedMap<String, List<HasMetadata>> objects = new TreeMap<>();

  private Case(ResourceSet resources) {
    this.resources = resources;
    this.compiler = new PlanCompiler(resources);
  }

  /** Reads the files {@code in-*.yaml} of a folder, and those that all cases share. */
  static Case read(Path folder) throws IOException {
    ResourceSet.Builder builder = ResourceSet.builder();
    for (Path file : inputs(folder)) {
      builder.add(ResourceParser.parse(file.getFileName().toString(), Files.readString(file)));
    }
    assertThat(builder.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    ResourceSet resources = builder.build();
    Stream.of(
            resources.campaigns(),
            resources.campaignRuns(),
            resources.profileSources(),
            resources.segments(),
            resources.models(),
            resources.mailTransports(),
            resources.collectors(),
            resources.profileStores())
        .flatMap(byName -> byName.values().stream())
        .forEach(resource -> asOnTheServer(resource, resources.namespace()));
    return new Case(resources);
  }

  private static List<Path> inputs(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolveSibling("shop.yaml"));
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.getFileName().toString().startsWith("in-"))
          .sorted()
          .forEach(files::add);
    }
    return files;
  }

  private static void asOnTheServer(HasMetadata resource, String namespace) {
    resource.getMetadata().setNamespace(namespace);
    resource
        .getMetadata()
        .setUid("uid-of-" + resource.getKind() + "-" + resource.getMetadata().getName());
  }

  /** What is to exist for each resource, by its kind and name. */
  Map<String, List<HasMetadata>> objects() {
    resources.campaigns().values().forEach(this::campaign);
    resources.campaignRuns().values().forEach(this::run);
    resources.profileSources().keySet().forEach(this::source);
    resources.segments().keySet().forEach(this::segment);
    resources.models().keySet().forEach(this::model);
    resources.mailTransports().keySet().forEach(this::transport);
    resources.profileStores().values().stream()
        .filter(RetentionWorkload::forgets)
        .forEach(this::store);
    resources.collectors().keySet().forEach(this::collector);
    return objects;
  }

  private void campaign(Campaign campaign) {
    ConfigMap plan = plan(campaign);
    add(campaign, plan);
    new CampaignWorkload(SETTINGS)
        .cronJob(compiled(campaign, plan))
        .ifPresent(cronJob -> add(campaign, cronJob));
  }

  private void run(CampaignRun run) {
    Campaign campaign = resources.campaigns().get(run.getSpec().campaignRef().name());
    CampaignWorkload.recipients(run).ifPresent(recipients -> add(run, recipients));
    add(
        run,
        new CampaignWorkload(SETTINGS)
            .job(compiled(campaign, plan(campaign)), run, run.getSpec().suspend()));
  }

  private ConfigMap plan(Campaign campaign) {
    PlanDocument document = document(campaign);
    return PlanConfigMap.of(campaign, PlanFiles.of(document, sources(campaign)), document.hash());
  }

  private CampaignWorkload.Compiled compiled(Campaign campaign, ConfigMap plan) {
    return new CampaignWorkload.Compiled(
        campaign, document(campaign), sources(campaign), plan.getMetadata().getName());
  }

  private PlanDocument document(Campaign campaign) {
    var result = compiler.campaign(campaign);
    assertThat(result.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return result.value();
  }

  private List<SourcePlan> sources(Campaign campaign) {
    return compiler.sourcesReadBeforeRuns(campaign.getSpec().storeRef().name()).stream()
        .map(Compiled::value)
        .toList();
  }

  private void source(String name) {
    SourcePlan plan = compiler.source(name).value();
    PlanFiles files = PlanFiles.of(plan);
    var source = resources.profileSources().get(name);
    ConfigMap map = PlanConfigMap.of(source, files, PlanConfigMap.hash(files));
    new SourceWorkload(SETTINGS)
        .cronJob(
            new SourceWorkload.Compiled(
                source, plan, map.getMetadata().getName(), PlanConfigMap.hash(files)))
        .ifPresent(
            cronJob -> {
              add(source, map);
              add(source, cronJob);
            });
  }

  private void segment(String name) {
    SegmentPlan plan = compiler.segment(name).value();
    PlanFiles files = PlanFiles.of(plan);
    var segment = resources.segments().get(name);
    ConfigMap map = PlanConfigMap.of(segment, files, PlanConfigMap.hash(files));
    new SegmentWorkload(SETTINGS)
        .cronJob(
            new SegmentWorkload.Compiled(
                segment, plan, map.getMetadata().getName(), PlanConfigMap.hash(files)))
        .ifPresent(
            cronJob -> {
              add(segment, map);
              add(segment, cronJob);
            });
  }

  private void transport(String name) {
    BouncesPlan plan = compiler.bounces(name).value();
    if (plan == null) {
      return;
    }
    PlanFiles files = PlanFiles.of(plan);
    var transport = resources.mailTransports().get(name);
    ConfigMap map = PlanConfigMap.of(transport, files, PlanConfigMap.hash(files));
    add(transport, map);
    add(
        transport,
        new BouncesWorkload(SETTINGS)
            .cronJob(
                new BouncesWorkload.Compiled(
                    transport, plan, map.getMetadata().getName(), PlanConfigMap.hash(files))));
  }

  private void model(String name) {
    var result = compiler.model(name);
    assertThat(result.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    PlanFiles files = PlanFiles.of(result.value());
    var model = resources.models().get(name);
    ConfigMap map = PlanConfigMap.of(model, files, PlanConfigMap.hash(files));
    add(model, map);
    new ModelWorkload(SETTINGS)
        .cronJob(
            new ModelWorkload.Compiled(
                model, result.value(), map.getMetadata().getName(), PlanConfigMap.hash(files)))
        .ifPresent(cronJob -> add(model, cronJob));
  }

  private void store(ProfileStore store) {
    RetentionPlan plan = compiler.retention(store.getMetadata().getName()).value();
    PlanFiles files = PlanFiles.of(plan);
    ConfigMap map = PlanConfigMap.of(store, files, PlanConfigMap.hash(files));
    add(store, map);
    add(
        store,
        new RetentionWorkload(SETTINGS)
            .cronJob(
                new RetentionWorkload.Compiled(
                    store, plan, map.getMetadata().getName(), PlanConfigMap.hash(files))));
  }

  private void collector(String name) {
    var result = compiler.collector(name);
    assertThat(result.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    PlanFiles files = PlanFiles.of(result.value());
    var collector = resources.collectors().get(name);
    ConfigMap map = PlanConfigMap.of(collector, files, PlanConfigMap.hash(files));
    add(collector, map);
    new CollectorWorkload(
            SETTINGS.withImage("registry.example/lettershop-collector:1.2.3"), List.of(443, 6443))
        .objects(
            new CollectorWorkload.Compiled(
                collector, result.value(), map.getMetadata().getName(), PlanConfigMap.hash(files)))
        .forEach(object -> add(collector, object));
  }

  private void add(HasMetadata owner, HasMetadata object) {
    String name = owner.getKind().toLowerCase(Locale.ROOT) + "-" + owner.getMetadata().getName();
    objects.computeIfAbsent(name, key -> new ArrayList<>()).add(object);
  }
}
