package dev.lettershop.cli.output;

import dev.lettershop.resource.ResourceSet;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads resources from a cluster. Whoever has a client for one provides it as a service; the image
 * of the workers has none.
 */
public interface LiveResources {
  /**
   * Reads all of our kinds in a namespace; no Secrets.
   *
   * @param kubeconfig null for what {@code KUBECONFIG} names
   * @param context of the kubeconfig; null for its current one
   * @param namespace null for that of the context
   * @throws UsageException when the kubeconfig cannot be used
   */
  ResourceSet read(Path kubeconfig, String context, String namespace);

  /**
   * What whoever the kubeconfig names may do with our kinds in its namespace.
   *
   * @return by verb and plural, such as {@code create campaigns}
   * @throws UsageException when the cluster cannot be asked
   */
  Map<String, Boolean> rights(Path kubeconfig);
}
