package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunProgress;
import java.util.Map;

/** Is told how far a run is. Called from one thread at a time; must not throw. */
public interface RunListener {
  /** Listens to nothing. */
  RunListener NONE = new RunListener() {};

  /** The run is known now; {@code resumed} when it was begun before and goes on. */
  default void begun(Run run, boolean resumed) {}

  /** The tables of the run's store have been brought to these attributes. */
  default void migrated(String store, StoreSchemaStatus schema) {}

  default void syncing(String source, long records, long rejected) {}

  default void synced(String source, SyncResult result) {}

  default void freezing() {}

  /**
   * @param skipped people not mailed, by reason
   */
  default void frozen(long selected, Map<String, Long> skipped) {}

  default void sending(RunProgress progress) {}

  /** Something worth saying that is not an error. */
  default void note(String message) {}
}
