package dev.lettershop.kubesim.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How Pods are run.
 *
 * @param command what is run in place of the image; the container's arguments follow
 * @param folder for volumes and logs; made when it is not there
 * @param apiServer the URL that Pods are given
 * @param namespaces whose Pods are run; empty for all
 * @param claims the folders that stand for PersistentVolumeClaims, by name
 * @param environment variables that every Pod gets, unless it sets them itself
 * @param unknownImages images that cannot be pulled; may change meanwhile
 * @param retry how long a Pod waits that cannot start
 * @param serving how Pods are run that are to serve for good, by the name of their container
 */
public record PodRunnerOptions(
    List<String> command,
    Path folder,
    String apiServer,
    Set<String> namespaces,
    Map<String, Path> claims,
    Map<String, String> environment,
    Set<String> unknownImages,
    Duration retry,
    Map<String, ServerProcess> serving) {
  public PodRunnerOptions {
    command = List.copyOf(command);
    namespaces = Set.copyOf(namespaces);
    claims = Map.copyOf(claims);
    environment = Map.copyOf(environment);
    serving = Map.copyOf(serving);
  }

  /** With nothing special about it: Pods of all namespaces, tried again each second. */
  public static PodRunnerOptions of(List<String> command, Path folder, String apiServer) {
    return new PodRunnerOptions(
        command,
        folder,
        apiServer,
        Set.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        Duration.ofSeconds(1),
        Map.of());
  }

  /** Runs the Pods of these namespaces only. */
  public PodRunnerOptions withNamespaces(Set<String> only) {
    return new PodRunnerOptions(
        command, folder, apiServer, only, claims, environment, unknownImages, retry, serving);
  }

  /** Has folders stand for PersistentVolumeClaims. */
  public PodRunnerOptions withClaims(Map<String, Path> folders) {
    return new PodRunnerOptions(
        command,
        folder,
        apiServer,
        namespaces,
        folders,
        environment,
        unknownImages,
        retry,
        serving);
  }

  /** Gives every Pod these variables. */
  public PodRunnerOptions withEnvironment(Map<String, String> variables) {
    return new PodRunnerOptions(
        command, folder, apiServer, namespaces, claims, variables, unknownImages, retry, serving);
  }

  /**
   * Lets some images be unknown.
   *
   * @param images looked at each time, so that an image can turn up
   */
  public PodRunnerOptions withUnknownImages(Set<String> images) {
    return new PodRunnerOptions(
        command, folder, apiServer, namespaces, claims, environment, images, retry, serving);
  }

  /** Tries again after this time when a Pod cannot start. */
  public PodRunnerOptions withRetry(Duration time) {
    return new PodRunnerOptions(
        command, folder, apiServer, namespaces, claims, environment, unknownImages, time, serving);
  }

  /** Runs Pods that serve, too. */
  public PodRunnerOptions withServing(Map<String, ServerProcess> byContainer) {
    return new PodRunnerOptions(
        command,
        folder,
        apiServer,
        namespaces,
        claims,
        environment,
        unknownImages,
        retry,
        byContainer);
  }
}
