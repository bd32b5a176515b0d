package dev.lettershop.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds that the commands know: ours, and those that ours come with. */
public final class ResourceKinds {
  /** The group of our own kinds. */
  public static final String GROUP = "lettershop.dev";

  private static final String VERSION = "v1alpha1";

  public static final ResourceKind POD = kind("", "v1", "Pod", "po");
  public static final ResourceKind CONFIG_MAP = kind("", "v1", "ConfigMap", "cm");
  public static final ResourceKind SECRET = kind("", "v1", "Secret");
  public static final ResourceKind EVENT = kind("", "v1", "Event", "ev");
  public static final ResourceKind JOB = kind("batch", "v1", "Job");
  public static final ResourceKind CRON_JOB = kind("batch", "v1", "CronJob", "cj");

  private static final List<ResourceKind> OURS = ours();
  private static final List<ResourceKind> KNOWN = known();

  private ResourceKinds() {}

  private static ResourceKind kind(String group, String version, String kind, String... shorts) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return new ResourceKind(group, version, kind, singular + "s", singular, List.of(shorts));
  }

  private static List<ResourceKind> ours() {
    List<ResourceKind> kinds = new ArrayList<>();
    for (String plural : CrdFile.PLURALS) {
      JsonNode names = CrdFile.of(plural).names();
      List<String> shorts = new ArrayList<>();
      names.path("shortNames").forEach(name -> shorts.add(name.asText()));
      kinds.add(
          new ResourceKind(
              GROUP,
              VERSION,
              names.path("kind").asText(),
              plural,
              names.path("singular").asText(),
              shorts));
    }
    return List.copyOf(kinds);
  }

  private static List<ResourceKind> known() {
    List<ResourceKind> kinds = new ArrayList<>(OURS);
    kinds.addAll(List.of(CRON_JOB, JOB, POD, CONFIG_MAP, SECRET, EVENT));
    return List.copyOf(kinds);
  }

  /** Our own kinds. */
  public static List<ResourceKind> lettershop() {
    return OURS;
  }

  /** What {@code all} stands for: our kinds, and what runs for them. */
  public static List<ResourceKind> all() {
    List<ResourceKind> kinds = new ArrayList<>(OURS);
    kinds.addAll(List.of(CRON_JOB, JOB, POD));
    return kinds;
  }

  /**
   * Where a kind stands in the order in which resources are best applied: what is referred to comes
   * before what refers to it, so that nothing is missed for a moment.
   */
  public static int rank(ResourceKind kind) {
    return List.of(SECRET, CONFIG_MAP).contains(kind) ? -1 : KNOWN.indexOf(kind);
  }

  /** The kind of a resource. */
  public static Optional<ResourceKind> of(JsonNode resource) {
    return of(resource.path("apiVersion").asText(), resource.path("kind").asText());
  }

  /** The kind of this name in this version; empty when the commands do not know it. */
  public static Optional<ResourceKind> of(String apiVersion, String kind) {
    return KNOWN.stream()
        .filter(known -> known.kind().equals(kind) && known.apiVersion().equals(apiVersion))
        .findFirst();
  }

  /**
   * The kinds that somebody names: a plural, singular or short name, several with commas, the
   * category {@code lettershop}, or {@code all}.
   *
   * @throws UsageException when there is no such kind
   */
  public static List<ResourceKind> called(String text) {
    List<ResourceKind> kinds = new ArrayList<>();
    for (String name : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      switch (name) {
        case "all" -> kinds.addAll(all());
        case "lettershop" -> kinds.addAll(OURS);
        default -> kinds.add(one(name));
      }
    }
    return kinds.stream().distinct().toList();
  }

  private static ResourceKind one(String name) {
    return KNOWN.stream()
        .filter(kind -> kind.isCalled(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = KNOWN.stream().map(ResourceKind::plural).toList();
              return new UsageException(
                  "Unknown kind \"" + name + "\"; " + DidYouMean.fix(name, names));
            });
  }
}
