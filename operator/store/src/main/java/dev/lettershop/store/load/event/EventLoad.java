package dev.lettershop.store.load.event;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.JsonText;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.SessionLoad;
import dev.lettershop.store.load.consent.PlaceholderProfiles;
import dev.lettershop.store.load.profile.SeenValues;
import dev.lettershop.store.load.profile.StagedIdentity;
import dev.lettershop.store.trigger.TriggerEntries;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** One sync of a source of events. */
public final class EventLoad extends SessionLoad<LoadedEvent> {

  private static final int MAX_ID = 200;
  private static final int MAX_NAME = 200;
  private static final String COLUMNS =
      """
      name text collate "C", occurred_at timestamptz,
      id text collate "C", properties jsonb, again boolean
      """;

  private final StagedIdentity staged;
  private final SeenValues seen = new SeenValues();
  private final MonthCounts months = new MonthCounts();
  private boolean given;

  /**
   * @param source name of the source, for quarantine
   * @param identityKey kind of the rows' identity values
   */
  public EventLoad(
      Database database, String source, String identityKey, Continuation continuation) {
    this(database, source, continuation, new StagedIdentity(database.vault(), identityKey));
  }

  private EventLoad(
      Database database, String source, Continuation continuation, StagedIdentity staged) {
    super(new LoadSession(database, source, continuation, staged.definitions() + COLUMNS));
    this.staged = staged;
  }

  @Override
  public void add(LoadedEvent event) {
    CopyRows row = session.row();
    String identity = staged.write(row, event.identity(), "event");
    if (event.id() != null && event.id().length() > MAX_ID) {
      row.fail("id", "is longer than " + MAX_ID + " characters");
    }
    if (event.name().length() > MAX_NAME) {
      row.fail("name", "is longer than " + MAX_NAME + " characters");
    }
    row.string("name", event.name()).time("occurred_at", event.occurredAt());
    given |= event.id() != null;
    String id = event.id() == null ? derivedId(identity, event) : event.id();
    boolean again = seen.add(0, id);
    row.string("id", id).json("properties", event.properties()).value("again", again);
    if (session.endRow(event.position())) {
      months.add(event.occurredAt(), !again);
    }
  }

  /** The same event always gets the same id, so that reading it again does not make it two. */
  private static String derivedId(String identity, LoadedEvent event) {
    String properties = event.properties() == null ? "{}" : JsonText.of(event.properties());
    String all =
        String.join(
            "\0",
            String.valueOf(identity),
            event.name(),
            event.occurredAt().toString(),
            properties);
    return Sha256.hex(all, 16);
  }

  /**
   * Has something else done in the transaction of the rows, at its end: both happen or neither
   * does.
   */
  public void alongside(Consumer<DSLContext> work) {
    session.alongside(work);
  }

  @Override
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts = session.guarded(this::merge);
    session.commit();
    return counts;
  }

  private LoadCounts merge() {
    DSLContext db = session.db();
    EventPartitions partitions = new EventPartitions(session.database());
    List<YearMonth> near = partitions.near(db, months.all());
    List<YearMonth> large = near.stream().filter(m -> months.of(m) >= LoadSession.MANY).toList();
    // Partitions for few come first and on their own: making one locks the whole table.
    partitions.cover(db, near.stream().filter(m -> !large.contains(m)).toList());
    session.lockIdentities();
    partitions.analyzeOutgrown(db, near);
    List<YearMonth> unknown = partitions.fresh(db, large);
    PlaceholderProfiles strangers = new PlaceholderProfiles(db, staged);
    EventVersions versions = new EventVersions(db, staged, given);
    if (unknown.isEmpty()) {
      long welcomed = strangers.welcome();
      long replaced = versions.stageUnknown("true");
      return counts(welcomed, insertEvents(versions, partitions, near), replaced);
    }
    FreshMonths fresh = new FreshMonths(db, staged, unknown);
    fresh.open();
    long rows = unknown.stream().mapToLong(months::of).sum();
    long replaced = versions.removeOthersOf(fresh.rows());
    long created = noted(fresh.insert());
    long welcomed = 0;
    if (created < rows || rows < session.staged()) {
      welcomed = strangers.welcome(created < rows ? "true" : fresh.others());
      created += noted(fresh.insertStrangers());
    }
    fresh.close(created);
    if (rows < session.staged()) {
      replaced += versions.stageUnknown(fresh.others());
      created += insertEvents(versions, partitions, near);
    }
    return counts(welcomed, created, replaced);
  }

  private LoadCounts counts(long strangers, long stored, long replaced) {
    return new LoadCounts(
        session.read(), stored - replaced, replaced, 0, session.quarantined(), strangers);
  }

  private long noted(TriggerEntries.Stored stored) {
    session.triggered(stored.triggers());
    return stored.events();
  }

  /** Loads take turns under the lock of identities, so that nobody inserts the same meanwhile. */
  private long insertEvents(
      EventVersions versions, EventPartitions partitions, List<YearMonth> months) {
    long stored = noted(versions.insertUnknown());
    if (stored >= LoadSession.MANY) {
      partitions.analyze(session.db(), months);
    }
    return stored;
  }
}
