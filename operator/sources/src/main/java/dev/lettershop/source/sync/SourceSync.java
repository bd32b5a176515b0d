package dev.lettershop.source.sync;

import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.map.SourceFields;
import dev.lettershop.source.read.FileInput;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.Store;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.PositionMovedException;
import dev.lettershop.store.quarantine.Quarantine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings a store up to date with a source. All records of a file become visible at once, or, when
 * the sync fails, none; of other sources, portions do. Safe to repeat, and to kill at any moment:
 * the same input changes nothing the second time. Thread-safe; each call works on its own.
 */
public final class SourceSync {
  /** How many invalid records a result lists when not told otherwise. */
  public static final int DEFAULT_LISTED = 20;

  /** How often a file is read when others read it at the same time. */
  private static final int TRIES = 3;

  /** Records to a transaction: several seconds' worth, so that little is read again. */
  private static final int PORTION = 100_000;

  private final Store store;
  private final ProfileSchema schema;
  private final Set<String> topics;
  private final Clock clock;
  private final int listed;
  private final int portion;

  /**
   * @param store migrated to {@code schema}
   * @param topics names of the topics that the ProfileStore declares
   * @param listed how many invalid records a result lists, 0 or more
   */
  public SourceSync(
      Store store, ProfileSchema schema, Set<String> topics, Clock clock, int listed) {
    this(store, schema, topics, clock, listed, PORTION);
  }

  /**
   * @param portion records to a transaction, for sources that can be read on
   */
  public SourceSync(
      Store store, ProfileSchema schema, Set<String> topics, Clock clock, int listed, int portion) {
    this.store = store;
    this.schema = schema;
    this.topics = Set.copyOf(topics);
    this.clock = clock;
    this.listed = listed;
    this.portion = portion;
  }

  /**
   * Reads one file from start to end.
   *
   * @return also when the source is at fault: then {@link SyncResult#problems()} says why
   * @throws dev.lettershop.store.database.StoreException when the database fails; nothing is
   *     changed then
   */
  public SyncResult sync(SourceDefinition source, InputOpener inputs, ProgressListener progress) {
    return noted(sync(source, inputs, progress, false));
  }

  /**
   * The same, unless the file is the one that was read last, and would be read alike: then it is
   * passed over. Files of consents never are: a refusal without a time counts from when it is read.
   */
  public SyncResult syncNews(
      SourceDefinition source, InputOpener inputs, ProgressListener progress) {
    return noted(sync(source, inputs, progress, source.spec().provides() != Provides.Consents));
  }

  /** Records that had a sync refused can be looked at until the source is read again. */
  private SyncResult noted(SyncResult result) {
    List<Quarantine.Refused> refused = new ArrayList<>();
    if (!result.problems().isEmpty()) {
      result.invalid().forEach(record -> refused.add(refused(record)));
      result.dropped().values().forEach(field -> refused.add(refused(field.first())));
    }
    store.quarantine().refused(result.source(), refused);
    return result;
  }

  private static Quarantine.Refused refused(InvalidRecord record) {
    return new Quarantine.Refused(
        record.position(), record.field().isEmpty() ? null : record.field(), record.reason());
  }

  private SyncResult sync(
      SourceDefinition source, InputOpener inputs, ProgressListener progress, boolean passOver) {
    for (int left = TRIES; ; left--) {
      SyncTally tally = new SyncTally(source.name(), listed, progress);
      try {
        FileInput file = FileInput.of(source.spec().file());
        FileMark mark = new FileMark(store.sourcePositions(), source, schema);
        if (passOver && isKnown(file, mark, inputs)) {
          return tally.unchanged();
        }
        SourceFields fields = SourceFields.compile(source.spec(), schema);
        return transfer(source, file, fields, mark, inputs, tally);
      } catch (SourceFault fault) {
        return tally.failed(fault.at(source.name()));
      } catch (PositionMovedException meanwhile) {
        // Another sync has read the file, this one or a newer one.
        if (left == 1) {
          throw meanwhile;
        }
      }
    }
  }

  private static boolean isKnown(FileInput file, FileMark mark, InputOpener inputs)
      throws SourceFault {
    try (InputStream in = inputs.open(file.path())) {
      return mark.isOf(in);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Reads what is new in a source that knows where it was read up to: in portions, of which each
   * becomes visible at once, with the position behind it.
   *
   * @param pause waits before another try, or ends the sync
   * @return also when the source is at fault: then {@link SyncResult#problems()} says why
   * @throws SourceUnavailableException when the source fails again and again
   * @throws dev.lettershop.store.database.StoreException when the database fails; what was
   *     committed before stays
   */
  public SyncResult pull(
      SourceDefinition source,
      Connector connector,
      ProgressListener progress,
      Backoff backoff,
      Backoff.Pause pause) {
    SyncTally tally = new SyncTally(source.name(), listed, progress);
    try {
      return noted(pulled(source, connector, tally, kind(source), backoff, pause));
    } catch (SourceFault fault) {
      return noted(tally.failed(fault.at(source.name())));
    }
  }

  private <R> SyncResult pulled(
      SourceDefinition source,
      Connector connector,
      SyncTally tally,
      RowKind<R> kind,
      Backoff backoff,
      Backoff.Pause pause)
      throws SourceFault {
    Puller.Portions<R> portions =
        pull ->
            new PullBatch<>(
                pull, () -> admission(source, pull, tally, kind), kind::load, tally, portion);
    return new Puller<>(source, connector, store.sourcePositions(), portions, tally, backoff, pause)
        .run();
  }

  private <R> Admission<R> admission(
      SourceDefinition source, Pull pull, SyncTally tally, RowKind<R> kind) throws SourceFault {
    SourceFields fields = SourceFields.compile(source.spec(), schema);
    List<Column> columns = pull.columns();
    fields.checkPulled(columns, schema);
    RecordMapper<R> mapper =
        kind.mapper(
            fields.fields(), columns == null ? null : columns.stream().map(Column::name).toList());
    return new Admission<>(mapper, source.spec().onInvalid(), tally);
  }

  private RowKind<?> kind(SourceDefinition source) {
    return RowKind.of(store, schema, topics, clock, source);
  }

  private SyncResult transfer(
      SourceDefinition source,
      FileInput file,
      SourceFields fields,
      FileMark mark,
      InputOpener inputs,
      SyncTally tally)
      throws SourceFault {
    try (RecordReader reader = file.open(path -> mark.noting(inputs.open(path)))) {
      fields.checkColumns(reader.columns());
      return transferred(source, file, reader, fields, mark, tally, kind(source));
    } catch (NoSuchFileException missing) {
      throw new SourceFault(
          "spec.file.path",
          "file not found: " + missing.getMessage(),
          "check the path; it is relative to the volume, or to the folder of the resources");
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable, tally.records());
    }
  }

  private static <R> SyncResult transferred(
      SourceDefinition source,
      FileInput file,
      RecordReader reader,
      SourceFields fields,
      FileMark mark,
      SyncTally tally,
      RowKind<R> kind)
      throws IOException, SourceFault {
    RecordMapper<R> mapper = kind.mapper(fields.fields(), reader.columns());
    return new Transfer<>(file.path(), mapper, source.spec().onInvalid(), tally)
        .run(reader, mark::reached, kind.load(Continuation.FromStart));
  }

  private static SourceFault unreadable(FileInput file, IOException cause, long records) {
    return new SourceFault(
        "spec.file.path",
        file.path()
            + " cannot be read to its end ("
            + cause.getClass().getSimpleName()
            + " behind record "
            + records
            + "); nothing was loaded",
        "check that the file is complete and readable");
  }
}
