package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.LiveResources;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.compile.CampaignChange;
import dev.lettershop.plan.compile.CampaignChange.Kind;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.Secrets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What would become of campaigns, against a cluster or against other manifests. */
final class CampaignComparison {
  @Option(
      names = "--base",
      paramLabel = "PATH",
      description =
          "File or folder with the manifests as they are now, in place of a cluster. For CI.")
  private Path base;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster to compare with. Default: what KUBECONFIG names.")
  private Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: its current one.")
  private String context;

  private final Clock clock = Clock.systemUTC();
  private ResourceSet present;

  /**
   * How many people a campaign's segments hold, as written now and as written then.
   *
   * @param before empty when it was not there, as {@link AudienceSize#of} has it
   */
  record Audiences(OptionalLong before, OptionalLong after) {}

  /**
   * Compares the campaigns of some manifests with what is there now.
   *
   * @param only name of the one campaign that is asked for; null for all. Without it campaigns that
   *     are there now and not in the manifests count as removed only when everything is compared
   * @param namespace null for that of the manifests or the context
   * @param placing puts servers of this machine into manifests when they are asked for
   */
  List<CampaignChange> compare(
      ResourceSet wanted,
      String only,
      String namespace,
      Function<ManifestFiles.Loaded, ResourceSet> placing) {
    present = present(namespace, placing);
    String where = namespace == null ? wanted.namespace() : namespace;
    List<CampaignChange> changes =
        CampaignChange.between(in(where, present), in(where, wanted), clock.instant());
    return only == null
        ? changes
        : changes.stream().filter(change -> change.campaign().equals(only)).toList();
  }

  /** The audiences of the campaigns that change, by campaign; asks the store. */
  Map<String, Audiences> audiences(List<CampaignChange> changes, ResourceSet wanted) {
    Secrets secrets = new ManifestSecrets(wanted.secrets());
    Map<String, Audiences> sizes = new TreeMap<>();
    for (CampaignChange change : changes) {
      if (change.kind() == Kind.New || change.kind() == Kind.Changed) {
        sizes.put(
            change.campaign(),
            new Audiences(
                AudienceSize.of(present, change.campaign(), secrets),
                AudienceSize.of(wanted, change.campaign(), secrets)));
      }
    }
    return sizes;
  }

  /** Who waits for the triggered campaigns that change, by campaign; asks the store. */
  Map<String, TriggeredWaiting> waiting(
      List<CampaignChange> changes, ResourceSet wanted, String namespace) {
    Secrets secrets = new ManifestSecrets(wanted.secrets());
    String where = namespace == null ? wanted.namespace() : namespace;
    Map<String, TriggeredWaiting> waiting = new TreeMap<>();
    for (CampaignChange change : changes) {
      if (change.kind() == Kind.New || change.kind() == Kind.Changed) {
        TriggeredWaiting.of(in(where, present), in(where, wanted), change.campaign(), secrets)
            .ifPresent(found -> waiting.put(change.campaign(), found));
      }
    }
    return waiting;
  }

  /** Old and new texts of the campaigns that change. */
  Map<String, List<TextChange>> texts(List<CampaignChange> changes, ResourceSet wanted) {
    Map<String, List<TextChange>> texts = new TreeMap<>();
    for (CampaignChange change : changes) {
      if (change.kind() == Kind.Changed) {
        texts.put(
            change.campaign(),
            TextChange.between(
                CampaignTexts.of(present, change.campaign()),
                CampaignTexts.of(wanted, change.campaign())));
      }
    }
    return texts;
  }

  /** Whether the other side are manifests. */
  boolean isWithFiles() {
    return base != null;
  }

  /** A plan names its namespace, which is not what is compared. */
  private static ResourceSet in(String namespace, ResourceSet resources) {
    return ResourceSet.builder().putAll(resources).namespace(namespace).build();
  }

  private ResourceSet present(
      String namespace, Function<ManifestFiles.Loaded, ResourceSet> placing) {
    if (base != null) {
      return placing.apply(new ManifestFiles(false).load(List.of(base)));
    }
    return ServiceLoader.load(LiveResources.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "This lettershop has no client for a cluster; compare with --base PATH"))
        .read(kubeconfig, context, namespace);
  }

  /** For people: one line for each campaign, and what differs below it. */
  static void print(
      PrintWriter out,
      List<CampaignChange> changes,
      Map<String, List<TextChange>> texts,
      Map<String, Audiences> audiences,
      Map<String, TriggeredWaiting> waiting) {
    for (CampaignChange change : changes) {
      out.printf(
          Locale.ROOT,
          "%-10s campaign/%s%n",
          change.kind().name().toLowerCase(Locale.ROOT),
          change.campaign());
      if (change.kind() == Kind.Changed && !change.fields().isEmpty()) {
        out.println("           plan: " + String.join(", ", change.fields()));
      }
      if (!Objects.equals(change.nextBefore(), change.nextAfter())) {
        out.printf(
            "           next run: %s, was %s%n",
            moment(change.nextAfter()), moment(change.nextBefore()));
      }
      Audiences sizes = audiences.get(change.campaign());
      if (sizes != null && sizes.after().isPresent()) {
        out.printf(
            Locale.ROOT,
            "           audience: %,d in its segments, was %s%n",
            sizes.after().getAsLong(),
            sizes.before().isPresent()
                ? String.format(Locale.ROOT, "%,d", sizes.before().getAsLong())
                : "none");
      }
      TriggeredWaiting waits = waiting.get(change.campaign());
      if (waits != null) {
        out.printf(
            Locale.ROOT,
            "           waiting: %,d people, %,d of them due at once by the change%n",
            waits.waiting(),
            waits.atOnce());
      }
      for (TextChange text : texts.getOrDefault(change.campaign(), List.of())) {
        out.println("           " + text.of());
        text.lines().forEach(line -> out.println("             " + line));
      }
      for (Diagnostic error : change.errors()) {
        out.println("           error: " + error.message());
      }
    }
    out.flush();
  }

  private static Object moment(Object time) {
    return time == null ? "none" : time;
  }

  /** For machines. */
  static Map<String, Object> json(
      List<CampaignChange> changes,
      List<DiffCommand.SegmentDiff> segments,
      Map<String, List<TextChange>> texts,
      Map<String, Audiences> audiences,
      Map<String, TriggeredWaiting> waiting) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "campaigns",
        changes.stream()
            .map(
                change ->
                    json(
                        change,
                        texts.getOrDefault(change.campaign(), List.of()),
                        audiences.get(change.campaign()),
                        waiting.get(change.campaign())))
            .toList());
    all.put("segments", segments);
    return all;
  }

  private static Map<String, Object> json(
      CampaignChange change, List<TextChange> texts, Audiences sizes, TriggeredWaiting waits) {
    Map<String, Object> map = new LinkedHashMap<>(change.asMap());
    map.put("texts", texts);
    if (sizes != null) {
      map.put("audienceBefore", number(sizes.before()));
      map.put("audienceAfter", number(sizes.after()));
    }
    if (waits != null) {
      map.put("waiting", waits.waiting());
      map.put("dueAtOnce", waits.atOnce());
    }
    return map;
  }

  private static Long number(OptionalLong size) {
    return size.isPresent() ? size.getAsLong() : null;
  }
}
