package dev.lettershop.collector.mapping;

import dev.lettershop.collector.intake.Frame;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.intake.Intake;
import dev.lettershop.store.intake.IntakeBatch;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.event.VisitorLinkLoad;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Works through the intake of one source, a batch at a time. Profiles, links, consents and events
 * of visitors come first, each in a transaction that changes nothing when it is repeated; the last
 * one holds the events of users, the quarantine and the end of the batch. So a process that is
 * killed in between has lost nothing, and the next one does it again to the same effect. Not
 * thread-safe.
 */
final class BatchMapping {
  private static final Logger LOG = Logger.getLogger(BatchMapping.class);

  /** As values they take some ten times as many, in a small heap. */
  private static final long MOST_BYTES = 4L << 20;

  /** Calls in memory with all that they say. */
  private static final int AT_A_TIME = 500;

  private final Store store;
  private final Intake intake;
  private final ProfileSchema schema;
  private final MappingSource source;
  private final CallMapper mapper;
  private final CallParser parser;
  private final Duration retention;
  private final Clock clock;
  private final MappingMeters meters;
  private final int most;

  /**
   * @param retention how long events are kept, or null
   * @param most calls in a batch, about
   */
  BatchMapping(
      Store store,
      ProfileSchema schema,
      Set<String> topics,
      MappingSource source,
      Duration retention,
      Clock clock,
      MappingMeters meters,
      int most) {
    this.store = store;
    this.intake = store.intake();
    this.schema = schema;
    this.source = source;
    this.mapper = new CallMapper(source, schema, topics, clock);
    this.parser = new CallParser(source.name());
    this.retention = retention;
    this.clock = clock;
    this.meters = meters;
    this.most = most;
  }

  /**
   * Works through the oldest calls.
   *
   * @return how many; 0 when there are none
   * @throws StoreException when the database fails; what was not settled is done again later
   */
  int run() {
    IntakeBatch batch = intake.next(source.name(), most, MOST_BYTES);
    if (batch.isEmpty()) {
      return 0;
    }
    Rows rows = new Rows();
    Set<UUID> messages = new HashSet<>();
    List<Unusable> unusable = new ArrayList<>();
    int repeated = fresh(batch, messages, unusable, call -> map(call, rows, unusable));
    try {
      load(rows);
      settle(batch, messages, rows.userEvents(), unusable);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.Failed) {
        throw e;
      }
      LOG.warnf("A batch of %s cannot be stored as a whole: %s", source.name(), e.getMessage());
      halves(usable(batch), unusable);
      settle(batch, messages, List.of(), unusable);
    }
    meters.done(source.name(), rows, repeated, unusable.size());
    return batch.events();
  }

  /** The calls of which rows can be made. */
  private List<Call> usable(IntakeBatch batch) {
    List<Call> usable = new ArrayList<>();
    fresh(
        batch,
        new HashSet<>(),
        new ArrayList<>(),
        call -> {
          if (map(call, new Rows(), new ArrayList<>())) {
            usable.add(call);
          }
        });
    return usable;
  }

  /**
   * Reads the calls of a batch, a few at a time: all that they say takes ten times as much memory
   * as their rows.
   *
   * @param messages gets the messages of the batch
   * @param unusable gets what cannot be understood
   * @param use is given the first call of each message that was not worked through within the last
   *     week
   * @return how many calls were repeated
   */
  private int fresh(
      IntakeBatch batch, Set<UUID> messages, List<Unusable> unusable, Consumer<Call> use) {
    int repeated = 0;
    List<Call> some = new ArrayList<>(AT_A_TIME);
    for (byte[] content : batch.contents()) {
      for (Frame frame : Frame.read(content)) {
        for (Frame.Call each : frame.calls()) {
          try {
            some.add(parser.parse(frame, each));
          } catch (UnusableException e) {
            unusable.add(new Unusable("call", e.field(), e.getMessage(), each.json()));
          }
          if (some.size() == AT_A_TIME) {
            repeated += withoutRepeated(some, messages, use);
            some.clear();
          }
        }
      }
    }
    return repeated + withoutRepeated(some, messages, use);
  }

  private int withoutRepeated(List<Call> calls, Set<UUID> messages, Consumer<Call> use) {
    Set<UUID> asked = new HashSet<>();
    calls.stream()
        .map(Call::message)
        .filter(message -> message != null && !messages.contains(message))
        .forEach(asked::add);
    Set<UUID> seen = intake.seen(asked);
    int repeated = 0;
    for (Call call : calls) {
      UUID message = call.message();
      if (message == null || messages.add(message) && !seen.contains(message)) {
        use.accept(call);
      } else {
        repeated++;
      }
    }
    return repeated;
  }

  private boolean map(Call call, Rows rows, List<Unusable> unusable) {
    try {
      Instant earliest = retention == null ? null : clock.instant().minus(retention);
      CallMapper.checkKept(call, earliest);
      mapper.map(call, rows);
      return true;
    } catch (UnusableException e) {
      unusable.add(new Unusable(CallMapper.position(call), e.field(), e.getMessage(), call.raw()));
      return false;
    }
  }

  /** All but the events of users, which end the batch. */
  private void load(Rows rows) {
    if (!rows.profiles().isEmpty()) {
      try (ProfileLoad load =
          store.loadProfiles(
              source.name(),
              schema,
              source.userIdKey(),
              source.alsoMatch(),
              source.precedence(),
              Continuation.Onwards)) {
        rows.profiles().forEach(load::add);
        load.commit();
      }
    }
    if (!rows.links().isEmpty()) {
      try (VisitorLinkLoad load = store.linkVisitors(source.name(), source.userIdKey())) {
        rows.links().forEach(load::add);
        load.commit();
      }
    }
    if (!rows.consents().isEmpty()) {
      try (ConsentLoad load =
          store.loadConsents(source.name(), source.userIdKey(), Continuation.Onwards)) {
        rows.consents().forEach(load::add);
        load.commit();
      }
    }
    if (!rows.visitorEvents().isEmpty()) {
      try (EventLoad load = events(VisitorLinkLoad.VISITOR)) {
        rows.visitorEvents().forEach(load::add);
        load.commit();
      }
    }
  }

  private EventLoad events(String kind) {
    return store.loadEvents(source.name(), kind, Continuation.Onwards);
  }

  private void settle(
      IntakeBatch batch, Set<UUID> messages, List<LoadedEvent> events, List<Unusable> unusable) {
    try (EventLoad load = events(source.userIdKey())) {
      events.forEach(load::add);
      for (Unusable each : unusable) {
        load.quarantine(
            each.position(),
            each.field(),
            each.reason(),
            new String(each.raw(), StandardCharsets.UTF_8));
      }
      intake.settle(batch, messages, today(), load);
      load.commit();
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Finds the calls that the database does not take, and sets them aside. */
  private void halves(List<Call> calls, List<Unusable> unusable) {
    if (calls.isEmpty()) {
      return;
    }
    Rows rows = new Rows();
    calls.forEach(call -> map(call, rows, new ArrayList<>()));
    try {
      load(rows);
      try (EventLoad load = events(source.userIdKey())) {
        rows.userEvents().forEach(load::add);
        load.commit();
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.Failed) {
        throw e;
      }
      if (calls.size() == 1) {
        Call call = calls.get(0);
        unusable.add(
            new Unusable(
                CallMapper.position(call), null, "cannot be stored by the database", call.raw()));
        return;
      }
      halves(calls.subList(0, calls.size() / 2), unusable);
      halves(calls.subList(calls.size() / 2, calls.size()), unusable);
    }
  }
}
