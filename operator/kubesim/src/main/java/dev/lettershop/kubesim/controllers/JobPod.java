package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/** A Pod as the controller of its Job sees it. */
record JobPod(Pod pod) {
  /** Keeps a Pod until its Job has counted it. */
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";

  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  /** Stands for the only row of Pods of a Job without indexes. */
  static final int NO_INDEX = -1;

  String uid() {
    return pod.getMetadata().getUid();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  /** Its completion index, or {@link #NO_INDEX}. */
  int index() {
    String index =
        pod.getMetadata().getAnnotations() == null
            ? null
            : pod.getMetadata().getAnnotations().get(INDEX);
    return index == null ? NO_INDEX : Integer.parseInt(index);
  }

  boolean isTracked() {
    return pod.getFinalizers().contains(FINALIZER);
  }

  boolean isDeleted() {
    return pod.isMarkedForDeletion();
  }

  boolean hasSucceeded() {
    return "Succeeded".equals(phase());
  }

  /** Also when it was deleted before anybody ran it: then nobody else will ever say so. */
  boolean hasFailed() {
    return "Failed".equals(phase()) || isDeleted() && "Pending".equals(phase());
  }

  boolean isFinished() {
    return hasSucceeded() || hasFailed();
  }

  boolean isActive() {
    return !isFinished() && !isDeleted();
  }

  boolean isTerminating() {
    return !isFinished() && isDeleted();
  }

  boolean isReady() {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** When its last container ended, or else. */
  Instant end(Instant otherwise) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .filter(state -> state.getTerminated() != null)
        .map(state -> state.getTerminated().getFinishedAt())
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .max(Comparator.naturalOrder())
        .orElse(otherwise);
  }

  private String phase() {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return phase == null ? "Pending" : phase;
  }
}
