package dev.lettershop.controller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is set where the controller is installed; environment variables begin with LETTERSHOP_. */
@ConfigMapping(prefix = "lettershop")
public interface ControllerSettings {
  Worker worker();

  Collector collector();

  /** Namespaces with commas between, or * for all; the controller's own when absent. */
  Optional<String> watchNamespaces();

  LeaderElection leaderElection();

  /** How long a reference may lead nowhere before that counts as a mistake. */
  @WithDefault("PT30S")
  Duration referenceGrace();

  /** How the Pods of workers are made. */
  interface Worker {
    /** Image with the command line as its entry point; a tag or digest is part of it. */
    String image();

    @WithName("image-pull-policy")
    @WithDefault("IfNotPresent")
    String imagePullPolicy();

    /** Names of Secrets with the registry's credentials, in each namespace with campaigns. */
    @WithName("image-pull-secrets")
    Optional<List<String>> imagePullSecrets();
  }

  /** How the Pods of collectors are made; they are pulled like those of workers. */
  interface Collector {
    /** Image with the collector as its entry point; a tag or digest is part of it. */
    String image();

    /** Ports on which Pods reach the API server. */
    @WithDefault("443,6443")
    List<Integer> apiServerPorts();
  }

  /** Whether, and under which name, replicas settle who acts. */
  interface LeaderElection {
    @WithDefault("true")
    boolean enabled();

    @WithDefault("lettershop-controller")
    String lease();
  }
}
