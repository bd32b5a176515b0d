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
 * identity and mapping, and a source of consents where the records say who wants no mail.
 */
final class SourceManifests {
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
  SourceManifests(
      String name, ProfileSourceSpec spec, ProfileStore store, SourceProposal proposal) {
    this.name = name;
    this.spec = spec;
    this.store = store;
    this.proposal = proposal;
  }

  List<Map<String, Object>> documents() {
    List<Map<String, Object>> documents = new ArrayList<>();
    ConsentColumn consent = proposal.consent();
    documents.add(document("ProfileStore", spec.storeRef().name(), store(consent)));
    documents.add(document("ProfileSource", name, source(spec.provides(), proposal.mapping())));
    if (consent != null && spec.provides() == Provides.Profiles) {
      List<Map<String, Object>> mapping = new ArrayList<>(proposal.keyMapping());
      mapping.addAll(consent.mapping());
      documents.add(
          document("ProfileSource", name + "-consents", source(Provides.Consents, mapping)));
    }
    return documents;
  }

  private static Map<String, Object> document(
      String kind, String name, Map<String, Object> members) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "lettershop.dev/v1alpha1");
    document.put("kind", kind);
    document.put("metadata", Map.of("name", name));
    document.put("spec", members);
    return document;
  }

  private Map<String, Object> store(ConsentColumn consent) {
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
    if (consent != null || spec.provides() == Provides.Consents) {
      members.put("topics", List.of(Map.of("name", "newsletter", "optIn", "Single")));
    }
    return members;
  }

  private Map<String, Object> source(Provides provides, List<Map<String, Object>> mapping) {
    Map<String, Object> members = MAPPER.convertValue(spec, MEMBERS);
    // What is not said has its default.
    List.of("suspend", "normalise", "onInvalid", "identity", "mapping", "schedule")
        .forEach(members::remove);
    members.put("provides", provides.name());
    Map<String, Object> identity = new LinkedHashMap<>(proposal.identity());
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
