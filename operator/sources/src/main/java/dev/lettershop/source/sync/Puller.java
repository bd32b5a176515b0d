package dev.lettershop.source.sync;

import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.SourceProgress;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.PositionMovedException;
import dev.lettershop.store.load.SourcePosition;
import dev.lettershop.store.load.SourcePositions;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a connector from where the last sync ended, in portions of which each is one transaction
 * with the position behind it. When the source fails, what is committed stays, and reading goes on
 * from there after a while.
 *
 * @param <R> the row that the store loads
 */
final class Puller<R> {
  /** Failures in a row without any progress. */
  private static final int TRIES = 6;

  private final SourceDefinition source;
  private final Connector connector;
  private final SourcePositions positions;
  private final Portions<R> portions;
  private final SyncTally tally;
  private final Backoff backoff;
  private final Backoff.Pause pause;
  private LoadCounts counts = SyncTally.NOTHING;
  private int failures;

  /** What is made anew for every time that the source is opened. */
  interface Portions<R> {
    PullBatch<R> of(Pull pull);
  }

  Puller(
      SourceDefinition source,
      Connector connector,
      SourcePositions positions,
      Portions<R> portions,
      SyncTally tally,
      Backoff backoff,
      Backoff.Pause pause) {
    this.source = source;
    this.connector = connector;
    this.positions = positions;
    this.portions = portions;
    this.tally = tally;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * Reads all that there is at present.
   *
   * @throws SourceFault when the source is not as declared, or too much of it is invalid; what was
   *     committed before stays
   * @throws SourceUnavailableException when it fails again and again
   */
  SyncResult run() throws SourceFault {
    while (true) {
      tally.mark();
      try {
        SourceProgress reached = once();
        return tally.succeeded(counts, reached);
      } catch (PositionMovedException elsewhere) {
        tally.reset();
        failed(
            ConnectorException.unavailable(
                "spec", elsewhere.getMessage(), "let one sync of a source run at a time", null));
      } catch (ConnectorException failure) {
        tally.reset();
        failed(failure);
      }
    }
  }

  private void failed(ConnectorException failure) throws SourceFault {
    failures++;
    if (!failure.isTemporary()) {
      throw new SourceFault(failure.field(), failure.getMessage(), failure.fix());
    }
    if (failures >= TRIES) {
      throw new SourceUnavailableException(source.name(), failure, failures);
    }
    pause.of(backoff.after(failures));
  }

  private SourceProgress once() throws ConnectorException, SourceFault {
    Optional<SourcePosition> stored = positions.get(source.name());
    boolean known = stored.filter(at -> at.origin().equals(connector.origin())).isPresent();
    SourcePosition before =
        new SourcePosition(
            connector.origin(),
            known ? stored.get().position() : "",
            stored.map(SourcePosition::version).orElse(0L));
    try (Pull pull = connector.open(known ? before.position() : null)) {
      PullBatch<R> portion = portions.of(pull);
      Continuation continuation = known ? Continuation.Onwards : Continuation.FromStart;
      while (true) {
        PullBatch.End end = portion.run(before, continuation);
        if (end.position() != null) {
          before = end.position();
        }
        if (end.counts() != null) {
          counts = sum(counts, end.counts());
          failures = 0;
          tally.mark();
        }
        if (!end.more()) {
          if (end.counts() == null) {
            noteMoved(before, pull.position());
          }
          return pull.reached();
        }
        continuation = Continuation.Onwards;
      }
    }
  }

  /** Positions also move without records, as over deletions. */
  private void noteMoved(SourcePosition before, String position) {
    if (position != null && !position.equals(before.position())) {
      positions.put(source.name(), new SourcePosition(before.origin(), position, before.version()));
    }
  }

  private static LoadCounts sum(LoadCounts a, LoadCounts b) {
    return new LoadCounts(
        a.read() + b.read(),
        a.created() + b.created(),
        a.changed() + b.changed(),
        a.merged() + b.merged(),
        a.quarantined() + b.quarantined(),
        a.stubs() + b.stubs());
  }

  /** Opens the sink of one portion. */
  interface Sinks<R> extends Function<Continuation, Load<R>> {}
}
