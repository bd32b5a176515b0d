package dev.lettershop.cli.source;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A proposal as whole manifests: the store with what the source needs, the source as it is with
 * identity and mapping, and sources of consents and suppressions where the records say who wants no
 * mail and which addresses get none.
 */
public final class SourceManifests {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};

  private final String name;
  private final ProfileSourceSpec spec;
  private final ProfileStore store;
  private final SourceProposal proposal;

  /**
   * @param spec of the source, as it is written
   * @param store that the source fills, or null when it is not among the manifests
   */
  public SourceManifests(
      String name, ProfileSourceSpec spec, ProfileStore store, SourceProposal proposal) {
    this.name = name;
    this.spec = spec;
    this.store = store;
    this.proposal = proposal;
  }

  List<Map<String, Object>> documents() {
    List<Map<String, Object>> documents = new ArrayList<>();
    documents.add(document("ProfileStore", spec.storeRef().name(), store()));
    documents.addAll(sources());
    return documents;
  }

  /** The source, and those of consents and suppressions from the same records. */
  public List<Map<String, Object>> sources() {
    List<Map<String, Object>> documents = new ArrayList<>();
    documents.add(
        document(
            "ProfileSource",
            name,
            source(spec.provides(), proposal.identity(), proposal.mapping())));
    if (!proposal.consents().isEmpty()) {
      List<Map<String, Object>> mapping = new ArrayList<>(proposal.keyMapping());
      mapping.addAll(proposal.consents());
      documents.add(
          document(
              "ProfileSource",
              name + "-consents",
              source(Provides.Consents, proposal.identity(), mapping)));
    }
    if (!proposal.suppressions().isEmpty()) {
      documents.add(
          document(
              "ProfileSource",
              name + "-suppressions",
              source(Provides.Suppressions, Map.of("key", "email"), proposal.suppressions())));
    }
    return documents;
  }

  /** A manifest of ours, its members in the order in which people write them. */
  public static Map<String, Object> document(
      String kind, String name, Map<String, Object> members) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "lettershop.dev/v1alpha1");
    document.put("kind", kind);
    document.put("metadata", Map.of("name", name));
    document.put("spec", members);
    return document;
  }

  private Map<String, Object> store() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(
        "postgresql",
        store == null || store.getSpec() == null
            ? new LinkedHashMap<>(
                Map.of(
                    "host",
                    "postgresql",
                    "database",
                    "lettershop",
                    "credentialsSecretRef",
                    Map.of("name", "lettershop-db")))
            : MAPPER.convertValue(store.getSpec().postgresql(), MEMBERS));
    if (spec.provides() == Provides.Events) {
      members.put("events", proposal.events());
    } else {
      members.put("attributes", proposal.attributes());
    }
    if (!proposal.consents().isEmpty() || spec.provides() == Provides.Consents) {
      members.put("topics", List.of(Map.of("name", "newsletter", "optIn", "Single")));
    }
    return members;
  }

  private Map<String, Object> source(
      Provides provides, Map<String, Object> key, List<Map<String, Object>> mapping) {
    Map<String, Object> members = MAPPER.convertValue(spec, MEMBERS);
    // What is not said has its default.
    List.of("suspend", "normalise", "onInvalid", "identity", "mapping", "schedule")
        .forEach(members::remove);
    members.put("provides", provides.name());
    Map<String, Object> identity = new LinkedHashMap<>(key);
    if (provides != Provides.Profiles) {
      identity.remove("alsoMatch");
    }
    members.put("identity", identity);
    if (!mapping.isEmpty()) {
      members.put("mapping", mapping);
    }
    return members;
  }
}
