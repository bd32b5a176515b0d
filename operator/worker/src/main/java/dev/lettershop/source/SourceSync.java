package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.ProfileSourceSpec;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Brings a store up to date with a source. All of a source's records become visible at once, or,
 * when the sync fails, none. Safe to repeat: the same input changes nothing the second time.
 * Thread-safe; each call works on its own.
 */
public final class SourceSync {
  /** How many invalid records a result lists when not told otherwise. */
  public static final int DEFAULT_LISTED = 20;

  private final Store store;
  private final ProfileSchema schema;
  private final Set<String> topics;
  private final Clock clock;
  private final int listed;

  /**
   * @param store migrated to {@code schema}
   * @param topics names of the topics that the ProfileStore declares
   * @param listed how many invalid records a result lists, 0 or more
   */
  public SourceSync(
      Store store, ProfileSchema schema, Set<String> topics, Clock clock, int listed) {
    this.store = store;
    this.schema = schema;
    this.topics = Set.copyOf(topics);
    this.clock = clock;
    this.listed = listed;
  }

  /**
   * Reads one source from start to end.
   *
   * @return also when the source is at fault: then {@link SyncResult#problems()} says why
   * @throws dev.lettershop.store.database.StoreException when the database fails; nothing is
   *     changed then
   */
  public SyncResult sync(SourceDefinition source, InputOpener inputs, ProgressListener progress) {
    SyncTally tally = new SyncTally(source.name(), listed, progress);
    try {
      FileInput file = FileInput.of(source.spec().file());
      SourceFields fields = SourceFields.compile(source.spec(), schema);
      return transfer(source, file, fields, inputs, tally);
    } catch (SourceFault fault) {
      return tally.failed(fault.at(source.name()));
    }
  }

  private SyncResult transfer(
      SourceDefinition source,
      FileInput file,
      SourceFields fields,
      InputOpener inputs,
      SyncTally tally)
      throws SourceFault {
    try (RecordReader reader = file.open(inputs)) {
      fields.checkColumns(reader.columns());
      return switch (source.spec().provides()) {
        case Profiles -> profiles(source, file, reader, fields.fields(), tally);
        case Events -> events(source, file, reader, fields.fields(), tally);
        case Consents -> consents(source, file, reader, fields.fields(), tally);
      };
    } catch (NoSuchFileException missing) {
      throw new SourceFault(
          "spec.file.path",
          "there is no file " + missing.getMessage(),
          "check the path; it is relative to the volume, or to the folder of the resources");
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable, tally.records());
    }
  }

  private SyncResult profiles(
      SourceDefinition source, FileInput file, RecordReader reader, Fields fields, SyncTally tally)
      throws IOException, SourceFault {
    ProfileSourceSpec spec = source.spec();
    String key = spec.identity().key();
    List<String> alsoMatch = spec.identity().alsoMatch();
    ProfileMapper mapper = new ProfileMapper(schema, key, alsoMatch, fields, reader.columns());
    return new Transfer<>(file.path(), mapper, spec.onInvalid(), tally)
        .run(reader, RowSink.of(store.loadProfiles(source.name(), schema, key, alsoMatch)));
  }

  private SyncResult events(
      SourceDefinition source, FileInput file, RecordReader reader, Fields fields, SyncTally tally)
      throws IOException, SourceFault {
    ProfileSourceSpec spec = source.spec();
    String key = spec.identity().key();
    EventMapper mapper = new EventMapper(schema, key, fields, reader.columns());
    return new Transfer<>(file.path(), mapper, spec.onInvalid(), tally)
        .run(reader, RowSink.of(store.loadEvents(source.name(), key)));
  }

  private SyncResult consents(
      SourceDefinition source, FileInput file, RecordReader reader, Fields fields, SyncTally tally)
      throws IOException, SourceFault {
    ProfileSourceSpec spec = source.spec();
    String key = spec.identity().key();
    ConsentMapper mapper = new ConsentMapper(topics, clock.instant(), key, fields);
    return new Transfer<>(file.path(), mapper, spec.onInvalid(), tally)
        .run(reader, RowSink.of(store.loadConsents(source.name(), key)));
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
