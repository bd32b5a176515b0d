package dev.lettershop.cli;

import dev.lettershop.worker.Cancellation;

/** What a Pod is there for. */
interface PodWork {
  /** Does it. */
  JobEnd run(Cancellation cancellation);

  /** What to leave behind when {@link #run} has thrown, or does not come to an end. */
  JobEnd failed(Failure failure);
}
