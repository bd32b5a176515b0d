package dev.lettershop.cli.output;

import dev.lettershop.resource.ResourceSet;
import java.nio.file.Path;

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
}
