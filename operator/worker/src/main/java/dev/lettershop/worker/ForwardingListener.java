package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunProgress;
import java.util.Map;

/** Passes everything on, so that whoever listens for one thing says nothing of the others. */
public abstract class ForwardingListener implements RunListener {
  private final RunListener next;

  protected ForwardingListener(RunListener next) {
    this.next = next;
  }

  @Override
  public void begun(Run run, boolean resumed) {
    next.begun(run, resumed);
  }

  @Override
  public void migrated(String store, StoreSchemaStatus schema) {
    next.migrated(store, schema);
  }

  @Override
  public void syncing(String source, long records, long rejected) {
    next.syncing(source, records, rejected);
  }

  @Override
  public void synced(String source, SyncResult result) {
    next.synced(source, result);
  }

  @Override
  public void freezing() {
    next.freezing();
  }

  @Override
  public void frozen(long selected, Map<String, Long> skipped) {
    next.frozen(selected, skipped);
  }

  @Override
  public void sending(RunProgress progress) {
    next.sending(progress);
  }

  @Override
  public void note(String message) {
    next.note(message);
  }
}
