package dev.lettershop.cli.pod;

import dev.lettershop.cli.output.Failure;
import dev.lettershop.worker.Cancellation;

/** What a Pod is there for. */
public interface PodWork {
  /** Does it. */
  JobEnd run(Cancellation cancellation);

  /** What to leave behind when {@link #run} has thrown, or does not come to an end. */
  JobEnd failed(Failure failure);
}
