package dev.lettershop.worker.task;

import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.map.FieldTables;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.source.sync.SourceSync;
import dev.lettershop.source.sync.SourceUnavailableException;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.Store;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.SourceConnectors;
import dev.lettershop.worker.access.SourceInputs;
import dev.lettershop.worker.access.StoreAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Brings a store up to date with sources. */
public final class SourceUpdater {
  private final Secrets secrets;
  private final SourceInputs inputs;
  private final Clock clock;
  private final Cancellation cancellation;
  private final RunListener listener;

  public SourceUpdater(
      Secrets secrets,
      SourceInputs inputs,
      Clock clock,
      Cancellation cancellation,
      RunListener listener) {
    this.secrets = secrets;
    this.inputs = inputs;
    this.clock = clock;
    this.cancellation = cancellation;
    this.listener = listener;
  }

  /**
   * Reads one source into the store that its plan names.
   *
   * @param anyway whether to read a file also when it has not changed since it was read last
   * @return also when the source is at fault: then {@link SyncResult#problems()} says why
   * @throws RunException when a Secret is missing, or it was cancelled
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public SyncResult read(SourcePlan source, boolean anyway) {
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(source.store(), secrets, files)) {
      store.migrate(source.store().schema());
      listener.migrated(source.store().name(), store.schemaState(source.store().schema()));
      return read(store, source, anyway);
    }
  }

  /** The same, into a store that is open and up to date. */
  public SyncResult read(Store store, SourcePlan source) {
    return read(store, source, false);
  }

  private SyncResult read(Store store, SourcePlan source, boolean anyway) {
    SourceSync sync =
        new SourceSync(
            store,
            source.store().schema(),
            Set.copyOf(source.topics()),
            clock,
            SourceSync.DEFAULT_LISTED);
    boolean events = source.spec().provides() == Provides.Events;
    Instant began = events ? store.triggers().now() : null;
    SyncResult result = read(sync, source, anyway);
    if (events && result.succeeded()) {
      store.triggers().wasRead(source.name(), began);
    }
    listener.synced(source.name(), result);
    return result;
  }

  private SyncResult read(SourceSync sync, SourcePlan source, boolean anyway) {
    try {
      SourceDefinition definition =
          new SourceDefinition(
              source.name(), FieldTables.filled(source.spec(), inputs.tables(source.name())));
      if (source.spec().file() != null) {
        InputOpener files = inputs.of(source.name(), source.spec().file());
        return anyway
            ? sync.sync(definition, files, this::progressed)
            : sync.syncNews(definition, files, this::progressed);
      }
      Connector connector =
          new SourceConnectors(secrets, cancellation::pause).of(source.namespace(), definition);
      return sync.pull(
          definition, connector, this::progressed, SourceConnectors.BACKOFF, cancellation::pause);
    } catch (ConnectorException fault) {
      throw RunException.configuration(
          "ProfileSource/" + source.name() + " " + fault.field() + " " + fault.getMessage(), fault);
    } catch (SourceUnavailableException again) {
      throw RunException.retry(again.getMessage(), again);
    }
  }

  private void progressed(String source, long records, long rejected) {
    cancellation.check();
    listener.syncing(source, records, rejected);
  }
}
