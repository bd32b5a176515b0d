package dev.lettershop.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.ParsedManifests;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The resources of one namespace of a cluster, as if they were a file each. */
final class ClusterManifests {
  private final KubernetesClient client;
  private final String namespace;
  private final ResourceSet.Builder resources;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Diagnostic> unreadable = new ArrayList<>();

  ClusterManifests(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.resources = ResourceSet.builder().namespace(namespace);
  }

  ManifestFiles.Loaded load(List<Class<? extends HasMetadata>> kinds) {
    Set<String> secrets = new TreeSet<>();
    Set<String> configMaps = new TreeSet<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      for (HasMetadata found : client.resources(kind).inNamespace(namespace).list().getItems()) {
        JsonNode json = add(found);
        names(json.path("spec"), "secret", secrets);
        names(json.path("spec"), "configmap", configMaps);
      }
    }
    secrets.forEach(
        name -> read("Secret", name, client.secrets().inNamespace(namespace).withName(name)::get));
    configMaps.forEach(
        name ->
            read(
                "ConfigMap", name, client.configMaps().inNamespace(namespace).withName(name)::get));
    List<Diagnostic> diagnostics = new ArrayList<>(resources.diagnostics());
    diagnostics.addAll(unreadable);
    return new ManifestFiles.Loaded(resources.build(), List.copyOf(manifests), diagnostics);
  }

  /** Asks for one object; null when there is none. */
  private interface Question {
    HasMetadata ask();
  }

  private void read(String kind, String name, Question question) {
    try {
      HasMetadata found = question.ask();
      if (found != null) {
        add(found);
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      unreadable.add(
          new Diagnostic(
              Severity.Warning,
              new ResourceRef(kind, name),
              "",
              null,
              "cannot be read with your rights in namespace " + namespace,
              "ask for the verb get on it, or work with manifests: -f PATH"));
    }
  }

  private JsonNode add(HasMetadata found) {
    ObjectNode json = (ObjectNode) parsed(Serialization.asJson(found));
    json.remove("status");
    if (json.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    String place = found.getKind().toLowerCase(Locale.ROOT) + "/" + found.getMetadata().getName();
    ParsedManifests parsed = ResourceParser.parse(place, json.toPrettyString());
    resources.add(parsed);
    manifests.addAll(parsed.manifests());
    return json;
  }

  private static JsonNode parsed(String json) {
    try {
      return JsonMappers.PLAIN.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("A resource is JSON", e);
    }
  }

  /** Names of what references of a kind refer to: fields such as caSecretRef and tableFrom. */
  private static void names(JsonNode node, String kind, Set<String> names) {
    node.properties()
        .forEach(
            field -> {
              boolean refers = field.getKey().toLowerCase(Locale.ROOT).contains(kind);
              if (refers && field.getValue().path("name").isTextual()) {
                names.add(field.getValue().path("name").asText());
              }
              names(field.getValue(), kind, names);
            });
    if (node.isArray()) {
      node.forEach(item -> names(item, kind, names));
    }
  }
}
