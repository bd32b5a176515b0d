package dev.lettershop.source.connect.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.connect.SourceProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * The documents, or changes, of one reading.
 *
 * <p>With a change stream, its token is taken before the first document is read: what changes
 * meanwhile comes again as a change, and nothing is missed.
 */
final class MongodbPull implements Pull {
  private static final int BATCH = 1000;
  private static final int WAIT_MILLIS = 250;
  private static final int MOST_QUIET = 4;

  /** ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken. */
  private static final List<Integer> HISTORY_LOST = List.of(286, 280, 260);

  private final MongoClient client;
  private final boolean following;
  private final MongoCursor<BsonDocument> documents;
  private final MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> changes;
  private BsonValue lastId;
  private String token;
  private final Long since;
  private boolean ended;
  private Instant newest;
  private long count;

  private MongodbPull(
      MongoClient client,
      MongoCursor<BsonDocument> documents,
      MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> changes,
      BsonValue lastId,
      MongodbPosition beginning) {
    this.client = client;
    this.documents = documents;
    this.changes = changes;
    this.following = changes != null;
    this.lastId = lastId;
    this.token = beginning.token();
    this.since = beginning.since();
  }

  static MongodbPull open(
      MongoClient client,
      MongoCollection<BsonDocument> collection,
      BsonDocument filter,
      boolean changeStream,
      MongodbPosition from) {
    if (from.following()) {
      try {
        return new MongodbPull(client, null, watch(collection, filter, from).cursor(), null, from);
      } catch (MongoException e) {
        if (!HISTORY_LOST.contains(e.getCode())) {
          throw e;
        }
        // The changes that were missed are gone: everything is read once more.
        return open(client, collection, filter, changeStream, MongodbPosition.START);
      }
    }
    MongodbPosition beginning =
        changeStream && !from.hasBeginning() ? beginning(client, collection, filter) : from;
    BsonValue last = from.id() == null ? null : BsonDocument.parse(from.id()).get("_id");
    Bson query = last == null ? filter : Filters.and(filter, Filters.gt("_id", last));
    MongoCursor<BsonDocument> documents =
        collection.find(query).sort(Sorts.ascending("_id")).batchSize(BATCH).cursor();
    return new MongodbPull(client, documents, null, last, beginning);
  }

  /** From where changes are new now: a token, or the time where the server has none to give yet. */
  private static MongodbPosition beginning(
      MongoClient client, MongoCollection<BsonDocument> collection, BsonDocument filter) {
    // Known to servers of every age; its successor is not.
    BsonDocument hello =
        client
            .getDatabase("admin")
            .runCommand(new BsonDocument("isMaster", new BsonInt32(1)), BsonDocument.class);
    long now = hello.getDateTime("localTime").getValue() / 1000;
    try (var stream = watch(collection, filter, MongodbPosition.START).cursor()) {
      stream.tryNext();
      BsonDocument token = stream.getResumeToken();
      return token == null
          ? new MongodbPosition(null, null, now, false)
          : new MongodbPosition(null, token.toJson(), null, false);
    }
  }

  private static ChangeStreamIterable<BsonDocument> watch(
      MongoCollection<BsonDocument> collection, BsonDocument filter, MongodbPosition from) {
    ChangeStreamIterable<BsonDocument> stream =
        collection
            .watch(ChangeFilter.pipeline(filter), BsonDocument.class)
            .fullDocument(FullDocument.UPDATE_LOOKUP)
            .maxAwaitTime(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (from.token() != null) {
      return stream.resumeAfter(BsonDocument.parse(from.token()));
    }
    return from.since() == null
        ? stream
        : stream.startAtOperationTime(new BsonTimestamp(from.since().intValue(), 0));
  }

  @Override
  public PulledRecord next() throws ConnectorException {
    try {
      return following ? change() : document();
    } catch (MongoException e) {
      throw MongodbFailures.of(e);
    }
  }

  private PulledRecord document() {
    if (!documents.hasNext()) {
      ended = true;
      return null;
    }
    BsonDocument document = documents.next();
    lastId = document.get("_id");
    return record(document);
  }

  /** A server that looks through much of its log answers nothing now and then, and is asked on. */
  private PulledRecord change() {
    for (int quiet = 0; quiet < MOST_QUIET; ) {
      ChangeStreamDocument<BsonDocument> change = changes.tryNext();
      if (change == null) {
        if (changes.getResumeToken() != null) {
          token = changes.getResumeToken().toJson();
        }
        quiet++;
        continue;
      }
      token = change.getResumeToken().toJson();
      if (change.getClusterTime() != null) {
        newest = Instant.ofEpochSecond(change.getClusterTime().getTime());
      }
      // Without it, the document was gone again by the time that it was looked up.
      if (change.getFullDocument() != null) {
        return record(change.getFullDocument());
      }
    }
    return null;
  }

  private PulledRecord record(BsonDocument document) {
    count++;
    BsonValue id = document.get("_id");
    boolean generated = id != null && id.isObjectId();
    if (generated && !following) {
      Instant made = id.asObjectId().getValue().getDate().toInstant();
      newest = newest == null || made.isAfter(newest) ? made : newest;
    }
    // Ids of other types may be personal.
    String place = generated ? id.asObjectId().getValue().toHexString() : "document " + count;
    return PulledRecord.of(place, BsonRecords.fields(document));
  }

  @Override
  public List<Column> columns() {
    return null;
  }

  @Override
  public String position() {
    Map<String, Object> position = new LinkedHashMap<>();
    if (token != null) {
      position.put("token", token);
    } else if (since != null) {
      position.put("since", since);
    }
    if (following || (ended && !position.isEmpty())) {
      position.put("following", true);
    } else if (lastId != null) {
      position.put("id", new BsonDocument("_id", lastId).toJson());
    } else {
      return null;
    }
    return JsonRecords.write(position);
  }

  @Override
  public SourceProgress reached() {
    boolean generated = lastId != null && lastId.isObjectId();
    return new SourceProgress(
        generated ? lastId.asObjectId().getValue().toHexString() : null, newest, null);
  }

  @Override
  public void close() {
    client.close();
  }
}
