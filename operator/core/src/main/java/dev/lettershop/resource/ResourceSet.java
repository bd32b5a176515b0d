package dev.lettershop.resource;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.encoding.JsonMappers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The resources of one namespace, by kind and name, each with its fields' places in the manifests.
 * Immutable as a set; the resources themselves must not be changed.
 */
public final class ResourceSet {
  private final String namespace;
  private final Map<String, SortedMap<String, HasMetadata>> byKind;
  private final Map<ResourceRef, Map<String, SourceLocation>> places;
  private final Map<ResourceRef, String> files;
  private final Set<ResourceRef> malformed;

  private ResourceSet(Builder builder) {
    this.namespace = builder.namespace == null ? "default" : builder.namespace;
    this.byKind = builder.byKind;
    this.places = builder.places;
    this.files = builder.files;
    this.malformed = builder.malformed;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The namespace of all of them; {@code default} when no manifest names one. */
  public String namespace() {
    return namespace;
  }

  public Map<String, ProfileStore> profileStores() {
    return of(ProfileStore.class);
  }

  public Map<String, ProfileSource> profileSources() {
    return of(ProfileSource.class);
  }

  public Map<String, Segment> segments() {
    return of(Segment.class);
  }

  public Map<String, Model> models() {
    return of(Model.class);
  }

  public Map<String, EmailTemplate> emailTemplates() {
    return of(EmailTemplate.class);
  }

  public Map<String, MailTransport> mailTransports() {
    return of(MailTransport.class);
  }

  public Map<String, Campaign> campaigns() {
    return of(Campaign.class);
  }

  public Map<String, CampaignRun> campaignRuns() {
    return of(CampaignRun.class);
  }

  public Map<String, Collector> collectors() {
    return of(Collector.class);
  }

  public Map<String, ConfigMap> configMaps() {
    return of(ConfigMap.class);
  }

  public Map<String, Secret> secrets() {
    return of(Secret.class);
  }

  @SuppressWarnings("unchecked")
  private <T extends HasMetadata> Map<String, T> of(Class<T> type) {
    SortedMap<String, ? extends HasMetadata> found =
        byKind.getOrDefault(type.getSimpleName(), Collections.emptySortedMap());
    return Collections.unmodifiableMap((SortedMap<String, T>) found);
  }

  /** How many resources there are, ConfigMaps and Secrets not counted, malformed ones counted. */
  public int size() {
    int sound =
        Kinds.NAMES.stream().mapToInt(k -> byKind.containsKey(k) ? byKind.get(k).size() : 0).sum();
    return sound + malformed.size();
  }

  /**
   * Whether a resource exists but is so wrong that it is in none of the maps; what refers to it is
   * not at fault.
   */
  public boolean isMalformed(ResourceRef ref) {
    return malformed.contains(ref);
  }

  /**
   * Where a field stands, or the nearest field around it that is written; empty when the resource
   * did not come from a manifest.
   */
  public Optional<SourceLocation> locate(ResourceRef ref, String fieldPath) {
    Map<String, SourceLocation> own = places.get(ref);
    if (own == null) {
      return Optional.empty();
    }
    String path = fieldPath;
    while (!own.containsKey(path) && !path.isEmpty()) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return Optional.ofNullable(own.get(path));
  }

  /**
   * Where a finding is.
   *
   * @param exact whether it is the very place, and not only the start of the field that it is in
   */
  public record Place(SourceLocation at, boolean exact) {}

  /** Where a finding is, inside of a field's text when that is written as it is read. */
  public Optional<Place> locate(Diagnostic finding) {
    String file = files.get(finding.resource());
    Position inside = finding.position();
    if (!places.containsKey(finding.resource()) && file != null && inside != null) {
      return Optional.of(new Place(new SourceLocation(file, inside.line(), inside.column()), true));
    }
    Optional<SourceLocation> field = locate(finding.resource(), finding.field());
    if (inside == null || field.isEmpty()) {
      return field.map(at -> new Place(at, true));
    }
    SourceLocation text = places.get(finding.resource()).get(finding.field() + YamlSource.TEXT);
    if (text == null) {
      return field.map(at -> new Place(at, false));
    }
    // Lines of a block are all indented; a text that is not a block has one line.
    return Optional.of(
        new Place(
            new SourceLocation(
                text.file(), text.line() + inside.line() - 1, text.column() + inside.column() - 1),
            true));
  }

  /** Collects resources. Not thread-safe. */
  public static final class Builder {
    private static final JsonMapper MAPPER = JsonMappers.LENIENT;

    private final Map<String, SortedMap<String, HasMetadata>> byKind = new HashMap<>();
    private final Map<ResourceRef, Map<String, SourceLocation>> places = new HashMap<>();
    private final Map<ResourceRef, String> files = new HashMap<>();
    private final Set<ResourceRef> malformed = new HashSet<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private String namespace;

    private Builder() {}

    /** Adds what a file holds. A resource with errors of its own is noted as malformed only. */
    public Builder add(ParsedManifests parsed) {
      diagnostics.addAll(parsed.diagnostics());
      files.putAll(parsed.files());
      Set<ResourceRef> wrong = new HashSet<>();
      parsed.diagnostics().stream()
          .filter(Diagnostic::isError)
          .forEach(d -> wrong.add(d.resource()));
      for (Manifest manifest : parsed.manifests()) {
        add(manifest, wrong.contains(manifest.ref()));
      }
      return this;
    }

    /** Adds, or replaces, a resource that did not come from a manifest. */
    public Builder put(HasMetadata resource) {
      byKind
          .computeIfAbsent(resource.getKind(), kind -> new TreeMap<>())
          .put(resource.getMetadata().getName(), resource);
      return this;
    }

    /** Says that there is a resource that could not be read. */
    public Builder malformed(ResourceRef ref) {
      malformed.add(ref);
      return this;
    }

    /** Says which namespace it is, whatever the resources say. */
    public Builder namespace(String name) {
      namespace = name;
      return this;
    }

    /** Starts from all that another set holds. */
    public Builder putAll(ResourceSet other) {
      other.byKind.values().forEach(resources -> resources.values().forEach(this::put));
      places.putAll(other.places);
      files.putAll(other.files);
      malformed.addAll(other.malformed);
      namespace = other.namespace;
      return this;
    }

    private void add(Manifest manifest, boolean wrong) {
      ResourceRef ref = manifest.ref();
      if (places.containsKey(ref)) {
        error(
            ref,
            "metadata.name",
            "is defined twice: at "
                + places.get(ref).get("")
                + " and at "
                + manifest.places().get(""),
            "keep one of them, or give one another name");
        return;
      }
      places.put(ref, manifest.places());
      if (manifest.namespace() != null) {
        if (namespace == null) {
          namespace = manifest.namespace();
        } else if (!namespace.equals(manifest.namespace())) {
          error(
              ref,
              "metadata.namespace",
              "is \"" + manifest.namespace() + "\" while others are in \"" + namespace + "\"",
              "work on one namespace at a time");
        }
      }
      if (wrong) {
        malformed.add(ref);
        return;
      }
      try {
        put(MAPPER.convertValue(manifest.json(), Kinds.TYPES.get(ref.kind())));
      } catch (IllegalArgumentException e) {
        malformed.add(ref);
        error(ref, "", "does not have the shape of a " + ref.kind(), "compare it with the samples");
      }
    }

    private void error(ResourceRef ref, String field, String message, String fix) {
      diagnostics.add(new Diagnostic(Severity.Error, ref, field, null, message, fix));
    }

    /** What was wrong with any of what was added. */
    public List<Diagnostic> diagnostics() {
      return List.copyOf(diagnostics);
    }

    public ResourceSet build() {
      return new ResourceSet(this);
    }
  }
}
