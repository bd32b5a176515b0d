package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.ShardActivity;
import dev.lettershop.source.SyncResult;
import java.util.Map;

/** Passes on what it hears about a run's preparation, and tells the shard's view what is done. */
final class ActivityListener implements RunListener {
  private final RunListener next;
  private final ShardView view;

  ActivityListener(RunListener next, ShardView view) {
    this.next = next;
    this.view = view;
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
    view.doing(ShardActivity.Freezing);
    next.freezing();
  }

  @Override
  public void frozen(long selected, Map<String, Long> skipped) {
    next.frozen(selected, skipped);
  }

  @Override
  public void note(String message) {
    next.note(message);
  }
}
