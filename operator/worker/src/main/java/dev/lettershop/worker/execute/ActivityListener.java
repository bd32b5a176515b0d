package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.worker.ForwardingListener;
import dev.lettershop.worker.RunListener;

/** Tells the shard's view what is done while a run is prepared. */
final class ActivityListener extends ForwardingListener {
  private final ShardView view;

  ActivityListener(RunListener next, ShardView view) {
    super(next);
    this.view = view;
  }

  @Override
  public void freezing() {
    view.doing(ShardActivity.Freezing);
    super.freezing();
  }
}
