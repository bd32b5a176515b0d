package dev.lettershop.playground.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.Set;

/** Reads objects of Kubernetes' own kinds and refuses fields that these do not have. */
public final class StrictObjects {
  /** Kinds of others that we write and have no types for. */
  private static final Set<String> OTHERS =
      Set.of(
          "monitoring.coreos.com/v1",
          "argoproj.io/v1alpha1",
          "kustomize.toolkit.fluxcd.io/v1",
          "source.toolkit.fluxcd.io/v1",
          "helm.toolkit.fluxcd.io/v2",
          "kustomize.config.k8s.io/v1beta1",
          "external-secrets.io/v1");

  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  private static final ObjectMapper STRICT =
      new ObjectMapper().setAnnotationIntrospector(new NoOtherFields());

  private StrictObjects() {}

  /** What is wrong with an object; empty when nothing is. */
  public static Optional<String> problem(JsonNode object) {
    String version = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    if (object.at("/metadata/name").asText().isEmpty()
        && object.at("/metadata/generateName").asText().isEmpty()
        && !kind.equals("Kustomization")) {
      return Optional.of("has no name");
    }
    HasMetadata read = KINDS.convertValue(object, HasMetadata.class);
    if (read instanceof GenericKubernetesResource) {
      return OTHERS.contains(version)
          ? Optional.empty()
          : Optional.of("is of an unknown kind: " + version + " " + kind);
    }
    try {
      STRICT.treeToValue(object, read.getClass());
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    }
  }

  /** The types keep what they do not know; here it is to be an error. */
  private static final class NoOtherFields extends JacksonAnnotationIntrospector {
    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }

    @Override
    public Boolean hasAnyGetter(Annotated annotated) {
      return Boolean.FALSE;
    }

    @Override
    public Boolean isIgnorableType(
        com.fasterxml.jackson.databind.introspect.AnnotatedClass annotated) {
      return Boolean.FALSE;
    }

    @Override
    public com.fasterxml.jackson.annotation.JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return com.fasterxml.jackson.annotation.JsonIgnoreProperties.Value.empty();
    }
  }
}
