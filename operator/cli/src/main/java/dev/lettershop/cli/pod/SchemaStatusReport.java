package dev.lettershop.cli.pod;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.worker.ForwardingListener;
import dev.lettershop.worker.RunListener;
import java.util.HashMap;
import java.util.Map;

/** Tells which attributes a store's tables hold, in the words of the store's status. */
public final class SchemaStatusReport extends ForwardingListener {
  private final PodJob job;
  private final String namespace;

  /**
   * @param others told everything as well
   * @param job reports it
   */
  public SchemaStatusReport(RunListener others, PodJob job, String namespace) {
    super(others);
    this.job = job;
    this.namespace = namespace;
  }

  @Override
  public void migrated(String store, StoreSchemaStatus schema) {
    super.migrated(store, schema);
    job.reportOnce(namespace, "profilestores", store, Map.of("schema", patch(schema)));
  }

  /** With what is empty or absent now: a merge patch would leave it as it was. */
  private static Map<String, Object> patch(StoreSchemaStatus schema) {
    Map<String, Object> patch = new HashMap<>();
    patch.put("version", schema.version());
    patch.put("changedTime", schema.changedTime());
    patch.put("changes", schema.changes());
    patch.put("undeclared", schema.undeclared());
    return patch;
  }
}
