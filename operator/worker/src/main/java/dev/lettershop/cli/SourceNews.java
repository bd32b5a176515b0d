package dev.lettershop.cli;

import dev.lettershop.source.SyncResult;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunProgress;
import dev.lettershop.worker.RunListener;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells what each source came to that a run has read, in the words of the source's status: a source
 * without a schedule of its own has no other way of saying so.
 */
final class SourceNews implements RunListener {
  private final RunListener others;
  private final BiConsumer<String, Map<String, ?>> told;
  private final Clock clock;

  /**
   * @param others told everything as well
   * @param told a source's name and what to lay over its status
   */
  SourceNews(RunListener others, BiConsumer<String, Map<String, ?>> told, Clock clock) {
    this.others = others;
    this.told = told;
    this.clock = clock;
  }

  @Override
  public void synced(String source, SyncResult result) {
    others.synced(source, result);
    if (result.succeeded()) {
      String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
      told.accept(
          source,
          Map.of("lastSyncTime", time, "lastSync", SyncText.counts(result, clock.instant())));
    }
  }

  @Override
  public void begun(Run run, boolean resumed) {
    others.begun(run, resumed);
  }

  @Override
  public void syncing(String source, long records, long rejected) {
    others.syncing(source, records, rejected);
  }

  @Override
  public void freezing() {
    others.freezing();
  }

  @Override
  public void frozen(long selected, Map<String, Long> skipped) {
    others.frozen(selected, skipped);
  }

  @Override
  public void sending(RunProgress progress) {
    others.sending(progress);
  }

  @Override
  public void note(String message) {
    others.note(message);
  }
}
