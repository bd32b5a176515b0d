package dev.lettershop.cli.pod;

import dev.lettershop.cli.output.SyncText;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.worker.ForwardingListener;
import dev.lettershop.worker.RunListener;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells what each source came to that a run has read, in the words of the source's status: a source
 * without a schedule of its own has no other way of saying so.
 */
public final class SourceStatusReport extends ForwardingListener {
  private final BiConsumer<String, Map<String, ?>> told;
  private final Clock clock;

  /**
   * @param others told everything as well
   * @param told a source's name and what to lay over its status
   */
  public SourceStatusReport(
      RunListener others, BiConsumer<String, Map<String, ?>> told, Clock clock) {
    super(others);
    this.told = told;
    this.clock = clock;
  }

  @Override
  public void synced(String source, SyncResult result) {
    super.synced(source, result);
    if (result.succeeded()) {
      String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      told.accept(
          source,
          result.unchanged()
              ? Map.of("lastSyncTime", time)
              : Map.of("lastSyncTime", time, "lastSync", SyncText.counts(result, clock.instant())));
    }
  }
}
