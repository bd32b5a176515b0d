package dev.lettershop.playground.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.job.ExitCode;
import dev.lettershop.playground.api.Applier;
import dev.lettershop.playground.api.Follower;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import dev.lettershop.playground.local.Playground;
import dev.lettershop.playground.view.ChangeFeed;
import dev.lettershop.resource.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Does with a playground what somebody with kubectl would do: applies the resources, waits for the
 * campaign to be ready, creates a run, and waits for its end.
 */
final class ClusterCampaign {
  private static final long PATIENCE_SECONDS = 120;
  private static final JsonMapper MAPPER = JsonMappers.LENIENT;

  private static final List<String> READING_ORDER = List.of("Profiles", "Consents", "Events");

  /** What can only be fixed by changing a resource. */
  private static final Set<String> CONFIGURATION =
      Set.of("ConfigurationError", "TooManyRecipients");

  /**
   * What came of it.
   *
   * @param exitCode as {@code lettershop run} would exit
   * @param status null when the run did not begin
   * @param message why it did not go well; null when it did
   * @param sources that were read, in the order of reading
   */
  record Outcome(
      int exitCode, CampaignRunStatus status, String message, List<ReadSource> sources) {}

  private final Playground playground;
  private final Consumer<String> progress;
  private final RunWatch watch;

  ClusterCampaign(Playground playground, Consumer<String> progress) {
    this.playground = playground;
    this.progress = progress;
    this.watch = new RunWatch(progress, playground.controller()::isAlive, PATIENCE_SECONDS);
  }

  /**
   * @param resources folder of manifests
   * @throws IOException when the playground does not do its part
   */
  Outcome run(Path resources, String campaign, String run)
      throws IOException, InterruptedException {
    String namespace = playground.client().namespace();
    progress.accept(ChangeFeed.heading());
    try (Follower ignored = follow(namespace)) {
      Applier applier = new Applier(playground.client(), namespace);
      ManifestFiles.Loaded loaded = new ManifestFiles(false).load(List.of(resources));
      for (Manifest manifest : Applier.inOrder(loaded.manifests())) {
        applier.apply(manifest.json());
      }
      JsonNode settled = watch.await("Campaign", campaign, ClusterCampaign::isSettled);
      JsonNode stalled = RunWatch.condition(settled, "Stalled").orElse(null);
      if (stalled != null) {
        String message = stalled.path("message").asText();
        return new Outcome(ExitCode.CONFIGURATION, null, message, List.of());
      }
      applier.apply(newRun(campaign, run));
      JsonNode ended = watch.await("CampaignRun", run, ClusterCampaign::isEnded);
      return outcome(ended, readSources(namespace));
    }
  }

  private Follower follow(String namespace) {
    List<ResourceKind> kinds = new ArrayList<>(ResourceKinds.lettershop());
    kinds.addAll(List.of(ResourceKinds.CRON_JOB, ResourceKinds.JOB, ResourceKinds.POD));
    return Follower.follow(playground.client(), kinds, namespace, watch);
  }

  private static boolean isSettled(JsonNode campaign) {
    boolean seen =
        campaign.at("/status/observedGeneration").asLong(-1)
            == campaign.at("/metadata/generation").asLong();
    return seen
        && (RunWatch.condition(campaign, "Stalled").isPresent()
            || RunWatch.condition(campaign, "Ready")
                .filter(ready -> ready.path("status").asText().equals("True"))
                .isPresent());
  }

  private static boolean isEnded(JsonNode run) {
    return RunWatch.condition(run, "Succeeded")
        .filter(succeeded -> !succeeded.path("status").asText().equals("Unknown"))
        .isPresent();
  }

  private static ObjectNode newRun(String campaign, String name) {
    ObjectNode run = MAPPER.createObjectNode();
    run.put("apiVersion", "lettershop.dev/v1alpha1").put("kind", "CampaignRun");
    run.putObject("metadata").put("name", name);
    run.putObject("spec").putObject("campaignRef").put("name", campaign);
    return run;
  }

  private List<ReadSource> readSources(String namespace) {
    ResourceKind kind = ResourceKinds.called("profilesources").get(0);
    List<JsonNode> found = new ArrayList<>(playground.client().list(kind, namespace).items());
    found.sort(
        Comparator.comparing(
            source -> READING_ORDER.indexOf(source.at("/spec/provides").asText())));
    List<ReadSource> sources = new ArrayList<>();
    for (JsonNode source : found) {
      JsonNode sync = source.at("/status/lastSync");
      if (sync.isObject()) {
        sources.add(
            new ReadSource(
                source.at("/metadata/name").asText(),
                sync.path("read").asLong(),
                sync.path("quarantined").asLong()));
      }
    }
    return sources;
  }

  private static Outcome outcome(JsonNode run, List<ReadSource> sources) {
    CampaignRunStatus status = MAPPER.convertValue(run.path("status"), CampaignRunStatus.class);
    JsonNode succeeded = RunWatch.condition(run, "Succeeded").orElseThrow();
    if (succeeded.path("status").asText().equals("True")) {
      return new Outcome(ExitCode.DONE, status, null, sources);
    }
    String reason = succeeded.path("reason").asText();
    int exitCode =
        reason.equals("PartiallySent")
            ? ExitCode.FAILED_RECIPIENTS
            : CONFIGURATION.contains(reason)
                ? ExitCode.CONFIGURATION
                : reason.equals("Cancelled") ? ExitCode.CANCELLED : ExitCode.RETRY;
    return new Outcome(exitCode, status, succeeded.path("message").asText(), sources);
  }
}
