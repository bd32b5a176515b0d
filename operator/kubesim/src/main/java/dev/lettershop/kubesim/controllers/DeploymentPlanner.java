package dev.lettershop.kubesim.controllers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Decides what is to be done for a Deployment: pure functions. */
final class DeploymentPlanner {
  /** Label that tells Pods of one template from those of another. */
  static final String TEMPLATE = "pod-template-hash";

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int RANDOM = 5;
  private static final Set<String> OVER = Set.of("Failed", "Succeeded");

  private DeploymentPlanner() {}

  /**
   * @param pods of the Deployment, but for those that are being deleted
   */
  static DeploymentPlan plan(Deployment deployment, List<Pod> pods) {
    int wished =
        deployment.getSpec().getReplicas() == null ? 1 : deployment.getSpec().getReplicas();
    String template = hash(deployment);
    List<Pod> ended = pods.stream().filter(DeploymentPlanner::isOver).toList();
    List<Pod> live = pods.stream().filter(pod -> !isOver(pod)).toList();
    List<Pod> newest =
        live.stream()
            .filter(pod -> template.equals(pod.getMetadata().getLabels().get(TEMPLATE)))
            .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
            .toList();
    long ready = newest.stream().filter(DeploymentPlanner::isReady).count();
    List<Pod> surplus =
        new ArrayList<>(newest.subList(Math.min(wished, newest.size()), newest.size()));
    if (ready >= wished) {
      live.stream().filter(pod -> !newest.contains(pod)).forEach(surplus::add);
    }
    int allReady = (int) live.stream().filter(DeploymentPlanner::isReady).count();
    return new DeploymentPlan(
        Math.max(0, wished - newest.size() - ended.size()),
        surplus,
        ended,
        new DeploymentStatusBuilder()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(live.size())
            .withUpdatedReplicas(newest.size())
            .withReadyReplicas(allReady == 0 ? null : allReady)
            .withAvailableReplicas(allReady == 0 ? null : allReady)
            .build());
  }

  /** A Pod of the newest template. */
  static Pod pod(Deployment deployment, RandomGenerator random) {
    PodTemplateSpec template = deployment.getSpec().getTemplate();
    String hash = hash(deployment);
    StringBuilder name =
        new StringBuilder(deployment.getMetadata().getName()).append('-').append(hash).append('-');
    for (int i = 0; i < RANDOM; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new PodBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(name.toString())
                .withNamespace(deployment.getMetadata().getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(TEMPLATE, hash)
                .withAnnotations(template.getMetadata().getAnnotations())
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(deployment.getMetadata().getName())
                .withUid(deployment.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .build())
        .withSpec(template.getSpec())
        .build();
  }

  private static String hash(Deployment deployment) {
    try {
      String text = SORTED.writeValueAsString(deployment.getSpec().getTemplate());
      return String.format("%08x", text.hashCode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A Pod template is plain data", e);
    }
  }

  private static boolean isOver(Pod pod) {
    return pod.getStatus() != null && OVER.contains(pod.getStatus().getPhase());
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }
}
