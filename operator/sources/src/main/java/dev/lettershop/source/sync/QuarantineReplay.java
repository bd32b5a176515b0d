package dev.lettershop.source.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.map.Fields;
import dev.lettershop.source.map.Mapped;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.map.SourceFields;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.Store;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.quarantine.QuarantinedRow;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the records that a source's quarantine holds through its mapping and cleaning as they are
 * now. What can be used is loaded and leaves the quarantine, in one transaction; the rest stays,
 * with today's reason.
 */
public final class QuarantineReplay {
  private static final int PAGE = 500;

  private final Store store;
  private final ProfileSchema schema;
  private final Set<String> topics;
  private final Clock clock;

  /**
   * @param store migrated to {@code schema}
   * @param topics names of the topics that the ProfileStore declares
   */
  public QuarantineReplay(Store store, ProfileSchema schema, Set<String> topics, Clock clock) {
    this.store = store;
    this.schema = schema;
    this.topics = Set.copyOf(topics);
    this.clock = clock;
  }

  /**
   * What became of the records.
   *
   * @param replayed records that were used
   * @param invalid records that cannot be used still
   * @param unreadable what was not a record even to begin with, such as a line with too few columns
   * @param counts what changed in the store
   * @param problems why nothing was done; empty when it was
   */
  public record Replayed(
      long replayed, long invalid, long unreadable, LoadCounts counts, List<Diagnostic> problems) {
    public Replayed {
      problems = List.copyOf(problems);
    }
  }

  /** Replays one source. */
  public Replayed replay(SourceDefinition source) {
    try {
      Fields fields = SourceFields.compile(source.spec(), schema).fields();
      return replay(source, fields, RowKind.of(store, schema, topics, clock, source));
    } catch (SourceFault fault) {
      return new Replayed(0, 0, 0, new LoadCounts(0, 0, 0, 0, 0, 0), fault.at(source.name()));
    }
  }

  private <R> Replayed replay(SourceDefinition source, Fields fields, RowKind<R> kind) {
    RecordMapper<R> mapper = kind.mapper(fields, null);
    long replayed = 0;
    long invalid = 0;
    long unreadable = 0;
    try (Load<R> sink = kind.load(Continuation.Onwards)) {
      long last = store.quarantine().last(source.name());
      long after = 0;
      List<QuarantinedRow> page = store.quarantine().page(source.name(), after, last, PAGE);
      while (!page.isEmpty()) {
        for (QuarantinedRow row : page) {
          after = row.id();
          Map<String, Object> record = record(row.raw());
          if (record == null) {
            unreadable++;
          } else if (take(row, mapper.map(row.position(), record), sink)) {
            replayed++;
          } else {
            invalid++;
          }
        }
        page = store.quarantine().page(source.name(), after, last, PAGE);
      }
      return new Replayed(replayed, invalid, unreadable, sink.commit(), List.of());
    }
  }

  private static <R> boolean take(QuarantinedRow row, Mapped<R> mapped, Load<R> sink) {
    sink.release(row.id());
    if (mapped instanceof Mapped.Rejected<R> rejected) {
      sink.quarantine(row.position(), rejected.field(), rejected.reason(), row.raw());
      return false;
    }
    if (mapped instanceof Mapped.Row<R> loaded) {
      sink.add(loaded.row());
    }
    return true;
  }

  /** The record, or null when this is none. */
  private static Map<String, Object> record(String raw) {
    if (raw == null || !raw.startsWith("{")) {
      return null;
    }
    try {
      return JsonRecords.fields(JsonRecords.read(raw));
    } catch (JsonProcessingException broken) {
      return null;
    }
  }
}
