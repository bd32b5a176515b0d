package dev.lettershop.api.v1alpha1.run;

/** What a worker of a run is doing. */
public enum ShardActivity {
  /** Reading the sources that have no schedule of their own, or waiting for another shard to. */
  Syncing,
  /** Settling who gets mail, or waiting for another shard to. */
  Freezing,
  Sending,
  /** Nobody of this shard is open. */
  Finished
}
