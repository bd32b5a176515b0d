package dev.lettershop.playground.api;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.cli.output.LiveResources;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what people have applied, as they themselves may. */
public final class ClusterResources implements LiveResources {
  private static final Path PLAYGROUND = Path.of(".lettershop", "playground", "kubeconfig");
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ProfileStore.class,
          ProfileSource.class,
          Segment.class,
          Model.class,
          EmailTemplate.class,
          MailTransport.class,
          Collector.class,
          Campaign.class);

  @Override
  public ResourceSet read(Path kubeconfig, String context, String namespace) {
    Config config = config(kubeconfig == null ? named() : kubeconfig, context);
    String where = namespace == null ? config.getNamespace() : namespace;
    ResourceSet.Builder resources =
        ResourceSet.builder().namespace(where == null ? "default" : where);
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      for (Class<? extends HasMetadata> kind : KINDS) {
        client
            .resources(kind)
            .inNamespace(where == null ? "default" : where)
            .list()
            .getItems()
            .forEach(resources::put);
      }
    } catch (KubernetesClientException e) {
      throw new UsageException("The cluster could not be read: " + e.getMessage());
    }
    return resources.build();
  }

  /**
   * Reads the same as manifests are read, with the Secrets and ConfigMaps that they refer to.
   *
   * @param kubeconfig null for what kubectl would use
   * @param context null for its current one
   * @param namespace null for that of the context
   * @throws UsageException when the cluster cannot be read
   */
  public ManifestFiles.Loaded loaded(Path kubeconfig, String context, String namespace) {
    Config config =
        kubeconfig == null ? Config.autoConfigure(context) : config(kubeconfig, context);
    String where = namespace == null ? config.getNamespace() : namespace;
    String there = where == null ? "default" : where;
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return new ClusterManifests(client, there).load(KINDS);
    } catch (KubernetesClientException e) {
      throw new UsageException("The cluster could not be read: " + e.getMessage());
    }
  }

  @Override
  public Map<String, Boolean> rights(Path kubeconfig) {
    Config config = config(kubeconfig, null);
    String where = config.getNamespace() == null ? "default" : config.getNamespace();
    Map<String, Boolean> rights = new LinkedHashMap<>();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      for (String verb : List.of("get", "create")) {
        for (String plural : CrdFile.PLURALS) {
          rights.put(
              verb + " " + plural + " in namespace " + where,
              client
                  .authorization()
                  .v1()
                  .selfSubjectAccessReview()
                  .create(review(where, verb, plural))
                  .getStatus()
                  .getAllowed());
        }
      }
    } catch (KubernetesClientException e) {
      throw new UsageException("The cluster could not be asked: " + e.getMessage());
    }
    return rights;
  }

  private static SelfSubjectAccessReview review(String namespace, String verb, String plural) {
    return new SelfSubjectAccessReviewBuilder()
        .withNewSpec()
        .withNewResourceAttributes()
        .withGroup("lettershop.dev")
        .withNamespace(namespace)
        .withVerb(verb)
        .withResource(plural)
        .endResourceAttributes()
        .endSpec()
        .build();
  }

  private static Config config(Path kubeconfig, String context) {
    try {
      Config config =
          Config.fromKubeconfig(context, Files.readString(kubeconfig), kubeconfig.toString());
      if (context != null
          && (config.getCurrentContext() == null
              || !context.equals(config.getCurrentContext().getName()))) {
        throw new UsageException(kubeconfig + " has no context " + context);
      }
      return config;
    } catch (IOException e) {
      throw new UsageException("kubeconfig not found: " + kubeconfig);
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new UsageException(kubeconfig + " is not a kubeconfig that can be used");
    }
  }

  private static Path named() {
    String variable = System.getenv("KUBECONFIG");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    if (Files.isReadable(PLAYGROUND)) {
      return PLAYGROUND;
    }
    throw new UsageException(
        "No cluster is named: give --kubeconfig or KUBECONFIG, or compare with --base PATH");
  }
}
